// SPDX-License-Identifier: MIT
// The one list of commands. A new command gets a line here and a line in commands.cpp.
#pragma once

#include <vector>

#include "cli/command.hpp"

namespace davit {

// In the order of the help.
const std::vector<Command>& commands();

Command check_command();
Command complete_command();
Command completion_command();
Command init_command();
Command man_command();
Command new_command();
Command schema_command();

}  // namespace davit
