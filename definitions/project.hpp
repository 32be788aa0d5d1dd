// SPDX-License-Identifier: MIT
// Everything a team wrote down, together: its rules and all its definitions.
//
// The reader finds what is wrong with one part by itself, and with names within one file. What
// shows only when parts are held against each other (needs in a circle, an approval that nobody of
// the group can give, a target that the team does not have) is found here.
#pragma once

#include <vector>

#include "definitions/definition.hpp"
#include "definitions/mistake.hpp"
#include "definitions/team.hpp"

namespace davit {

struct Project {
  Team team;
  std::vector<Definition> definitions;
  std::vector<Mistake> mistakes;  // found when the files were read
};

// Every mistake, also those of reading, ordered by file, line and column. What may only follow from
// a mistake of the same file (with one name misspelt there are too few approvers) is left out.
// Takes time in proportion to what was written.
std::vector<Mistake> check(const Project&);

}  // namespace davit
