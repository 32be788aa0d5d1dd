// SPDX-License-Identifier: MIT
// The one list of commands. A new command gets a line here and a line in commands.cpp.
#pragma once

#include <vector>

#include "cli/command.hpp"

namespace davit {

const std::vector<Command>& commands();

}  // namespace davit
