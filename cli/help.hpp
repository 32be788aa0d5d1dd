// SPDX-License-Identifier: MIT
// What --help shows, made from the same declarations as the parser.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace davit {

// "davit approve [options] RELEASE [ENVIRONMENT]"
std::string usage(const Command&, const Options&);

// Usage, what it does, options, examples. `own` are the command's options, `global` everybody's.
std::string help(const Command&, const Options& own, const Options& global, const Style&);

// The commands, by group.
std::string overview(const std::vector<Command>&, const Options& global, const Style&);

const char* title(CommandGroup);

}  // namespace davit
