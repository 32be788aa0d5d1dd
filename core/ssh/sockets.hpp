// SPDX-License-Identifier: MIT
// The folder where OpenSSH finds the connections that it keeps for the next run ([ssh] persist).
//
// Its path is short, since that of a socket may have about a hundred bytes; it is this user's
// alone, since whoever reaches a socket in it is logged in.
#pragma once

#include <string>

#include "definitions/result.hpp"

namespace davit {

std::string sockets_folder();

// The ControlPath that OpenSSH is told: a name in it for each account of each host.
std::string kept_sockets();

// Makes it where it is not there; an error where it is somebody else's or open to others.
Outcome make_sockets_folder();

}  // namespace davit
