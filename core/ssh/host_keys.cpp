// SPDX-License-Identifier: MIT
#include "core/ssh/host_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace davit {

namespace {

// Where ssh would really go, by its own configuration.
struct Resolved {
  std::string name, port;
};

Result<Resolved> resolve(const Reach& reach, const Host& host) {
  DAVIT_TRY(const auto said, run(openssh_settings(reach, host)));
  if (said.status != 0)
    return Error{"ssh can't read its configuration: " +
                 said.errors.substr(0, said.errors.find('\n'))};
  Resolved found;
  std::istringstream lines(said.output);
  for (std::string word, value; lines >> word && std::getline(lines >> std::ws, value);) {
    if (word == "hostname") found.name = value;
    if (word == "port") found.port = value;
  }
  // ssh-keyscan takes what begins with a dash for an option.
  if (found.name.empty() || found.name.front() == '-' || found.port.empty())
    return Error{fmt::format("ssh can't tell where {} is", host.name)};
  return found;
}

// "256 SHA256:… web1 (ED25519)"
std::string fingerprint(const std::string& line) {
  const auto said = run({.arguments = {"ssh-keygen", "-l", "-f", "-"}, .input = line + "\n"});
  if (!said || said->status != 0) return "";
  std::istringstream words(said->output);
  std::string bits, digest, rest;
  words >> bits >> digest;
  std::getline(words, rest);
  const auto type = rest.rfind('(');
  return digest + (type == std::string::npos ? "" : " " + rest.substr(type));
}

}  // namespace

Result<std::vector<HostKey>> offered_keys(const Reach& reach, const Host& host) {
  DAVIT_TRY(const auto at, resolve(reach, host));
  DAVIT_TRY(const auto said,
            run({.arguments = {"ssh-keyscan", "-T", "10", "-p", at.port, at.name}}));
  std::vector<HostKey> keys;
  std::istringstream lines(said.output);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    auto print = fingerprint(line);
    if (!print.empty()) keys.push_back({std::move(line), std::move(print)});
  }
  if (keys.empty())
    return Error{fmt::format("{} offers no key at {} port {}", host.name, at.name, at.port),
                 "is it up, and does sshd listen there?"};
  std::sort(keys.begin(), keys.end(),
            [](const HostKey& a, const HostKey& b) { return a.line < b.line; });
  return keys;
}

}  // namespace davit
