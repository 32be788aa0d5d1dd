// SPDX-License-Identifier: MIT
#include "cli/ssh_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/narrowing_options.hpp"
#include "core/files/files.hpp"
#include "definitions/ascii.hpp"

namespace davit {

namespace {

// ssh_config(5): letters and digits.
bool is_key(const std::string& key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
}

Outcome check(const std::string& option) {
  const auto equals = option.find('=');
  const auto key = ascii::lowered(option.substr(0, equals));
  if (equals == std::string::npos || !is_key(key) || option.find('\n') != std::string::npos)
    return misused(fmt::format("--ssh-option {}: expected K=V", option),
                   "as in ssh_config(5), say IdentityFile=deploy_key");
  if (key == "batchmode" || key == "stricthostkeychecking")
    return misused(fmt::format("{} is not to be changed", option.substr(0, equals)),
                   "davit never asks in the middle of a run, and trusts no unknown key; davit "
                   "hosts trust shows a host's key");
  return Done{};
}

}  // namespace

void declare(Options& o, SshOptions& into) {
  o.value("--ssh-config FILE", into.config, "reach targets by this file alone, as ssh -F");
  o.value("--ssh-option K=V", into.options, "as ssh -o, before all others; may be said again");
  o.choice("--transport", {"auto", "openssh", "libssh"}, into.transport, "how targets are reached");
}

std::string as_typed(const SshOptions& options) {
  std::string out;
  if (options.config) out += " --ssh-config" + as_typed(std::vector{*options.config});
  for (const auto& option : options.options) out += " --ssh-option" + as_typed(std::vector{option});
  if (!options.transport.empty()) out += " --transport " + options.transport;
  return out;
}

Result<SshSettings> said(const SshOptions& options, const Desk& desk) {
  SshSettings out{.options = options.options, .transport = options.transport};
  for (const auto& option : out.options) DAVIT_CHECK(check(option));
  if (!options.config) return out;
  std::error_code trouble;
  out.config = std::filesystem::absolute(desk.path(*options.config), trouble).string();
  if (trouble || !is_file(out.config))
    return misused(fmt::format("--ssh-config {}: there is no such file", *options.config));
  return out;
}

}  // namespace davit
