// SPDX-License-Identifier: MIT
// Which releases beside the one that a link leads to are to be cleared away.
//
// Pure: here and on targets it is decided alike, from what was found beside it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "definitions/result.hpp"

namespace davit {

// Absolute paths.
struct Switch {
  std::string link;
  std::string to;  // must be there
  int keep = 0;    // so many of its like stay; 0 keeps all
  bool operator==(const Switch&) const = default;
};

// The same, written in the one way in which paths are compared.
Switch tidied(const Switch&);

// A directory beside `to`.
struct Sibling {
  std::string name;
  std::int64_t made = 0;  // nanoseconds since 1970
  bool operator==(const Sibling&) const = default;
};

// Of the siblings whose names are of the shape of `to`'s ("17" and "9", "web-1.2" and "web-1.10";
// never "shared" beside "17") the `keep` last made stay. The one that the link leads to and those
// it led to `before` (as it stood in the link) always stay.
std::vector<std::string> outdated(const Switch&, const std::vector<std::string>& before,
                                  std::vector<Sibling>);

// Whether two names differ in nothing but their numbers, or are both hexadecimal ids of one length.
bool same_shape(const std::string& a, const std::string& b);

// Why it is not switched.
Error nothing_there(const Switch&);
Error no_symlink(const std::string& link);

// What was done, in words.
struct Switched {
  std::string before;                // what the link led to; empty: there was none
  std::vector<std::string> removed;  // names of releases that were cleared away
  std::string trouble;               // why one could not be
};
std::vector<std::string> words(const Switch&, const Switched&);

}  // namespace davit
