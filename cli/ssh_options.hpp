// SPDX-License-Identifier: MIT
// How targets are reached, as the command line says: over what [ssh] of the team's rules says, so
// that a CI job or a test needs nothing in the home directory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/desk.hpp"
#include "cli/options.hpp"
#include "definitions/team.hpp"

namespace davit {

struct SshOptions {
  std::optional<std::string> config;
  std::vector<std::string> options;
  std::string transport;
};

void declare(Options&, SshOptions&);

// " --ssh-config FILE": as it would be typed, behind a command that is named.
std::string as_typed(const SshOptions&);

// Fit to be laid over the team's. `misused` where the file can't be read, an option is not written
// K=V, or is one that is nobody's to change.
Result<SshSettings> said(const SshOptions&, const Desk&);

}  // namespace davit
