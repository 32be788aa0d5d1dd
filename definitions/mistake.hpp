// SPDX-License-Identifier: MIT
// A mistake in what somebody wrote, and what was read all the same.
//
// Reading never stops at the first mistake: whoever reads gets the value as far as it could be
// understood, and every mistake, in the order of the file. A value with mistakes is good for
// looking at (what is it called, what else is in it), never for acting on.
#pragma once

#include <string>
#include <vector>

#include "definitions/place.hpp"
#include "definitions/result.hpp"

namespace davit {

struct Mistake {
  Place place;
  std::string message;  // "unknown key 'need' in environments.production"
  std::string hint;     // "did you mean 'needs'?"; may be empty
  int length = 1;       // how many characters of the line are meant, from place.column on

  bool operator==(const Mistake&) const = default;
};

// What was read, and what is wrong with it.
template <typename T>
struct Reading {
  T value{};
  std::vector<Mistake> mistakes;

  bool ok() const { return mistakes.empty(); }
};

// The first mistake as an error, for those who can go on only without any.
Error error(const Mistake&);

}  // namespace davit
