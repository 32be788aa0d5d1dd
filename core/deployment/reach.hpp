// SPDX-License-Identifier: MIT
// How the team's hosts are reached from this clone.
//
// The team's host keys and the file that [ssh] config names are rules, like whose approval counts:
// they are read from the commit the rules are read from, never from the working tree, where anybody
// could add a key for one run. ssh wants files, so they are laid out in davit/ssh/ of git's common
// directory.
#pragma once

#include <string>

#include "core/git/repository.hpp"
#include "core/ssh/openssh.hpp"
#include "definitions/team.hpp"

namespace davit {

// The team's own host keys in the working tree, to be changed and committed; whether there are any
// or not.
std::string known_hosts_of(const Repository&);

// The team's settings with what a person said laid over them. A config file takes the place of
// theirs, so does a transport unless it is empty; options come before theirs, and the first that
// ssh reads counts.
SshSettings over(SshSettings team, const SshSettings& said);

// `commit`: of the rules. `said`: with absolute paths. An error where the commit has no file that
// its [ssh] config names.
Result<Reach> reach_of(Repository&, const std::string& commit, const Team&,
                       const SshSettings& said = {.transport = ""});

}  // namespace davit
