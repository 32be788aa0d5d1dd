// SPDX-License-Identifier: MIT
#include "core/ssh/host_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "core/files/files.hpp"
#include "core/files/scratch_folder.hpp"
#include "core/ssh/host_settings.hpp"
#include "core/ssh/inquiries.hpp"
#include "core/ssh/ssh_words.hpp"
#include "core/ssh/why_lost.hpp"

namespace davit {

namespace {

constexpr Duration kLongestAnswer = std::chrono::seconds(20);

// Where ssh would really go, by its own configuration.
struct Resolved {
  std::string name;      // of the machine
  std::string in_files;  // as known_hosts calls it
  int port = 22;
  bool through_another = false;  // a jump host, or a command that makes the connection
};

Result<Resolved> resolved(SshConfig& config, const Host& host) {
  DAVIT_TRY(const auto settings, config.of(host));
  Resolved out{.name = settings.value("hostname"), .port = settings.number("port")};
  // ssh-keyscan takes what begins with a dash for an option.
  if (out.name.empty() || out.name.front() == '-')
    return Error{fmt::format("ssh can't tell where {} is", host.name),
                 fmt::format("ssh -G {} shows what it makes of it", host.address)};
  const auto& alias = settings.value("hostkeyalias");
  out.in_files = alias.empty() || alias == "none" ? name_in_file(out.name, out.port) : alias;
  out.through_another = !settings.proxy().empty();
  return out;
}

Invocation question(const Reach& reach, const Host& host, const Resolved& at,
                    const std::string& file) {
  if (at.through_another) {
    auto out = openssh_key(reach, host, file);
    out.timeout = kLongestAnswer;
    return out;
  }
  return {.arguments = {"ssh-keyscan", "-T", "10", "-p", std::to_string(at.port), at.name},
          .timeout = kLongestAnswer};
}

OfferedKeys keys_in(const std::string& lines, const Host& host, const Resolved& at,
                    const Result<Finished>& said) {
  std::vector<KnownKey> keys;
  std::istringstream all(lines);
  for (std::string line; std::getline(all, line);) {
    auto key = known_key(line);
    if (!key) continue;
    key->names = at.in_files;
    keys.push_back(*std::move(key));
  }
  if (keys.empty()) {
    const auto why = !said                ? said.error().message
                     : at.through_another ? why_lost(said->errors)
                                          : first_line(said->errors);
    return Error{
        fmt::format("offers no key at {} port {}{}{}", at.name, at.port,
                    why.empty() || why.front() == '#' ? "" : ": ",
                    why.empty() || why.front() == '#' ? "" : why),
        is_distrusted(why) ? next_step(host, why) : "is it up, and does sshd listen there?"};
  }
  std::sort(keys.begin(), keys.end(),
            [](const KnownKey& a, const KnownKey& b) { return text(a) < text(b); });
  return keys;
}

}  // namespace

std::vector<OfferedKeys> offered_keys(Loop& loop, const Reach& reach,
                                      const std::vector<Host>& hosts) {
  SshConfig config(reach);
  std::vector<Result<Resolved>> at;
  for (const auto& host : hosts) at.push_back(resolved(config, host));
  std::vector<Invocation> questions;
  std::vector<std::size_t> asked;  // which host each of them is about
  const auto scratch = ScratchFolder::make();
  if (!scratch) return std::vector<OfferedKeys>(hosts.size(), scratch.error());
  const auto file = [&](std::size_t host) { return fmt::format("{}/{}", scratch->path(), host); };
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    if (!at[i]) continue;
    questions.push_back(question(reach, hosts[i], *at[i], file(i)));
    asked.push_back(i);
  }
  const auto said = ask_all(loop, questions);
  std::vector<OfferedKeys> out;
  for (const auto& one : at) out.emplace_back(one ? Error{"it was not asked"} : one.error());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto host = asked[i];
    const bool scanned = !at[host]->through_another && said[i].said;
    const Result<std::string> written = scanned ? said[i].said->output : read_file(file(host));
    out[host] = keys_in(written ? *written : "", hosts[host], *at[host], said[i].said);
  }
  return out;
}

std::vector<JudgedKey> judged(const std::vector<KnownKey>& offered, std::string_view file) {
  using Standing = JudgedKey::Standing;
  std::vector<JudgedKey> out;
  for (const auto& key : offered) {
    auto& one = out.emplace_back(JudgedKey{.key = key});
    for (const auto& there : keys_of(file, key.names)) {
      if (there.marker == "@revoked" && there.is_same(key)) one.standing = Standing::revoked;
      if (!there.marker.empty() || one.standing == Standing::revoked || there.kind != key.kind)
        continue;
      if (there.is_same(key))
        one.standing = Standing::known;
      else if (one.standing == Standing::fresh)
        one.standing = Standing::changed;
      if (!there.is_same(key) && !one.before) one.before = there;
    }
  }
  return out;
}

}  // namespace davit
