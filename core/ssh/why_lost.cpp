// SPDX-License-Identifier: MIT
#include "core/ssh/why_lost.hpp"

#include <fmt/format.h>

#include <sstream>

#include "core/files/files.hpp"
#include "core/ssh/known_hosts.hpp"
#include "core/ssh/ssh_words.hpp"

namespace davit {

namespace {

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
  if (!changed) return last_line(said);
  return fmt::format("its host key is {} ({}), another than the one that is trusted: {}",
                     changed->fingerprint, changed->kind, trusted(*changed));
}

}  // namespace davit
