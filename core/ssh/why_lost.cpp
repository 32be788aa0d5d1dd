// SPDX-License-Identifier: MIT
#include "core/ssh/why_lost.hpp"

#include <fmt/format.h>

#include <sstream>

#include "core/files/files.hpp"
#include "core/ssh/known_hosts.hpp"
#include "core/ssh/ssh_words.hpp"

namespace davit {

namespace {

constexpr const char* kAnother = "another than the one that is trusted";

constexpr const char* kIts = "its host key";
constexpr const char* kJump = "jump host";

std::string of_jump_host(const std::string& name) {
  if (name.empty()) return fmt::format("the host key of a {}", kJump);
  return fmt::format("the host key of the {} {}", kJump, name);
}

// "SHA256:… (ED25519) in FILE:3"
std::string trusted(const ChangedKey& changed) {
  const auto place = fmt::format("{}:{}", changed.file, changed.line);
  const auto file = read_file(changed.file);
  if (!file) return "the one in " + place;
  std::istringstream lines(*file);
  std::string line;
  for (int number = 0; number < changed.line; ++number)
    if (!std::getline(lines, line)) return "the one in " + place;
  const auto key = known_key(line);
  return key ? fmt::format("{} in {}", fingerprint(*key), place) : "the one in " + place;
}

}  // namespace

std::string why_lost(std::string_view said) {
  const auto changed = changed_key(said);
  const bool on_the_way = was_refused_on_the_way(said);
  if (changed)
    return has_changed(fmt::format("{} ({})", changed->fingerprint, changed->kind),
                       trusted(*changed), on_the_way ? of_jump_host(changed->host) : kIts);
  if (on_the_way) return of_jump_host(unknown_host(said)) + " is not trusted";
  return last_line(said);
}

std::string has_changed(const std::string& offered, const std::string& trusted,
                        const std::string& whose) {
  return fmt::format("{} is {}, {}: {}", whose, offered, kAnother, trusted);
}

bool is_distrusted(const std::string& trouble) {
  return trouble.find("ost key") != std::string::npos;
}

std::string next_step(const Host& host, const std::string& trouble, bool keys_wait) {
  const auto says = [&](const char* words) { return trouble.find(words) != std::string::npos; };
  if (says(kJump) && says(kAnother))
    return "ask its owner whether that is its new key, and correct that line";
  if (says(kJump) && is_distrusted(trouble))
    return "its key belongs in a known_hosts file that ssh reads for it, "
           "once compared with what its owner says";
  if (says(kAnother)) return fmt::format("davit hosts trust {} shows both keys", host.name);
  if (is_distrusted(trouble) && keys_wait)
    return "commit .davit/known_hosts: keys that are not committed do not count";
  if (is_distrusted(trouble)) return fmt::format("davit hosts trust {}", host.name);
  if (says("ermission denied") || says("authenticat"))
    return "is the key loaded (ssh-add -l), or named by IdentityFile? does the host know it?";
  if (says("resolve") || says("not known")) return "is its name written right under [targets]?";
  if (says("efused") || says("imed out") || says("unreachable") || says("o route"))
    return "is it up, and does sshd listen there?";
  return "";
}

}  // namespace davit
