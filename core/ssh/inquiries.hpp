// SPDX-License-Identifier: MIT
// Programs that answer a question, many at once: what one host after the other would take as long
// as all of them together.
#pragma once

#include <vector>

#include "core/process/process.hpp"
#include "core/runner/loop.hpp"
#include "definitions/result.hpp"

namespace davit {

struct Inquiry {
  Result<Finished> said = Error{"it was not asked"};
  Duration took{};
};

// What each of them said, in their order; so many run at a time. Nothing is written to their
// standard input. One that takes longer than its `timeout` is killed, and an error.
std::vector<Inquiry> ask_all(Loop&, const std::vector<Invocation>&, std::size_t at_once = 32);

}  // namespace davit
