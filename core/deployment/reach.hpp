// SPDX-License-Identifier: MIT
// How the team's hosts are reached from this clone.
#pragma once

#include <string>

#include "core/git/repository.hpp"
#include "core/ssh/openssh.hpp"
#include "definitions/team.hpp"

namespace davit {

// The team's own host keys, whether there are any or not.
std::string known_hosts_of(const Repository&);

Reach reach_of(const Repository&, const Team&);

}  // namespace davit
