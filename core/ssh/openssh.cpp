// SPDX-License-Identifier: MIT
#include "core/ssh/openssh.hpp"

#include <fmt/format.h>

#include <chrono>

#include "core/ssh/sockets.hpp"
#include "core/ssh/tongue.hpp"

namespace davit {

namespace {

Invocation ssh(const Reach& reach, const Host& host, const std::vector<std::string>& first = {}) {
  Invocation made{.arguments = {"ssh", "-T", "-x", "-a"}};
  auto& words = made.arguments;
  const auto option = [&](std::string text) {
    words.emplace_back("-o");
    words.push_back(std::move(text));
  };
  if (!reach.settings.config.empty()) words.insert(words.end(), {"-F", reach.settings.config});
  for (const auto& text : first) option(text);
  // The first one that ssh reads counts: these two are not the team's to change, the others are.
  option("BatchMode=yes");
  option("StrictHostKeyChecking=yes");
  for (const auto& text : reach.settings.options) option(text);
  if (!reach.known_hosts.empty())
    option("UserKnownHostsFile=" + known_hosts_words(reach.known_hosts));
  if (const auto& kept = reach.settings.persist) {
    option("ControlMaster=auto");
    option("ControlPath=" + kept_sockets());
    option(
        fmt::format("ControlPersist={}", std::chrono::ceil<std::chrono::seconds>(*kept).count()));
  }
  option("ConnectTimeout=15");
  option("ServerAliveInterval=10");
  option("ServerAliveCountMax=3");
  option("LogLevel=ERROR");
  option("RequestTTY=no");
  if (!host.user.empty()) words.insert(words.end(), {"-l", host.user});
  if (host.port > 0) words.insert(words.end(), {"-p", std::to_string(host.port)});
  words.emplace_back("--");
  words.push_back(host.address);
  return made;
}

}  // namespace

std::string known_hosts_words(const std::string& path) {
  return fmt::format("\"{}\" ~/.ssh/known_hosts", path);
}

Invocation openssh_shell(const Reach& reach, const Host& host, bool alone) {
  auto made = alone ? ssh(reach, host, {"ControlPath=none"}) : ssh(reach, host);
  made.arguments.push_back(tongue_of(host.shell).session());
  // Ctrl-C is davit's: what runs there is not to end with the way.
  made.apart = true;
  return made;
}

Invocation openssh_key(const Reach& reach, const Host& host, const std::string& file) {
  return ssh(reach, host,
             {"StrictHostKeyChecking=accept-new", "UserKnownHostsFile=\"" + file + "\"",
              "GlobalKnownHostsFile=/dev/null", "HashKnownHosts=no", "UpdateHostKeys=no",
              "PreferredAuthentications=none"});
}

Invocation openssh_visit(const Reach& reach, const Host& host) {
  auto made = ssh(reach, host);
  // Before the option that would keep it quiet: the first one counts.
  made.arguments.insert(made.arguments.begin() + 1, "-v");
  made.arguments.emplace_back("exit 0");
  return made;
}

Invocation openssh_settings(const Reach& reach, const Host& host) {
  auto made = ssh(reach, host);
  made.arguments.insert(made.arguments.begin() + 1, "-G");
  return made;
}

}  // namespace davit
