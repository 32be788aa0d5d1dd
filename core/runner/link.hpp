// SPDX-License-Identifier: MIT
// Switching a symlink from one release to another, and clearing away old ones.
#pragma once

#include <string>
#include <vector>

#include "definitions/result.hpp"

namespace davit {

// Absolute paths.
struct Switch {
  std::string link;
  std::string to;  // must be there
  int keep = 0;    // so many of its like stay; 0 keeps all
};

struct Switched {
  std::string before;                // what the link led to; empty: there was none
  std::vector<std::string> removed;  // names of releases that were cleared away
  std::string trouble;               // why one could not be
};

// By one rename: whoever opens the link finds the one or the other. Refuses to replace what is no
// symlink. Then of the directories beside `to` whose names are of its shape ("17" and "9",
// "web-1.2" and "web-1.10"; never "shared" beside "17") the `keep` last made stay; those that the
// link leads to now and led to before always stay.
Result<Switched> switch_link(const Switch&);

// Whether two names differ in nothing but their numbers, or are both hexadecimal ids of one length.
bool same_shape(const std::string& a, const std::string& b);

}  // namespace davit
