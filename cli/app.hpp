// SPDX-License-Identifier: MIT
// The program: finds the command, reads its options, runs it, says what went wrong.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace davit {

// What main does. Standard output that its reader closed ends davit quietly.
int run_program(int argc, char** argv);

// One command line, without the program's name, at this desk. Errors are told, never returned.
ExitStatus run(const std::vector<std::string>& words, Desk&, const std::vector<Command>&);
ExitStatus run(const std::vector<std::string>& words, Desk&);  // with all commands

}  // namespace davit
