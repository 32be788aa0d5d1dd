// SPDX-License-Identifier: MIT
// A command line taken apart: the command's name, where one was said, and all other words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace davit {

struct Line {
  std::optional<std::string> command;
  std::vector<std::string> rest;
};

// The command is the first plain word behind options that every command has. "davit help approve"
// is "davit approve --help".
Line read_line(const Options& global, const std::vector<std::string>& words);

// The command that is meant where none was said.
inline constexpr std::string_view kDefaultCommand = "status";

// By name; null where there is none.
const Command* find(const std::vector<Command>&, std::string_view name);

}  // namespace davit
