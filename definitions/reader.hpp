// SPDX-License-Identifier: MIT
// Reading what a team writes: a definition, and the team's own files.
//
// Pure, and safe on any bytes. Every mistake of a file is found in one go; only where a file is no
// TOML at all is that the one mistake. What can be said about one file alone is checked here; what
// shows only beside other parts and files is definitions/project.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "definitions/definition.hpp"
#include "definitions/mistake.hpp"
#include "definitions/team.hpp"

namespace davit {

// `file` is how places call it; `revision` the abbreviated commit it comes from, empty for a file
// on disk. `name` is the definition's: the file's name without .toml.
Reading<Definition> read_definition(std::string_view text, const std::string& name,
                                    const std::string& file, const std::string& revision = "");

// One of .davit/*.toml.
Reading<Team> read_team(std::string_view text, const std::string& file,
                        const std::string& revision = "");

// All of them as one. What two files define is a mistake at the second, naming the first.
Reading<Team> merge_teams(std::vector<Reading<Team>> files);

}  // namespace davit
