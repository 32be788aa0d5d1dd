// SPDX-License-Identifier: MIT
// Everything a team wrote down, together: its rules and all its definitions.
//
// The reader finds what is wrong in one file by itself. What is wrong only when one part is held
// against another (a need of an unknown environment, an approval nobody can give) is found here.
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
// a mistake of the same file (with `need` for `needs`, a soak has nothing to wait for) is left out.
// Takes time in proportion to what was written.
std::vector<Mistake> check(const Project&);

}  // namespace davit
