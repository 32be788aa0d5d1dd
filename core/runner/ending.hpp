// SPDX-License-Identifier: MIT
// How a try ended, in a step's words.
#pragma once

#include "core/events/event.hpp"
#include "core/runner/try_file.hpp"

namespace davit {

// `record` holds status, took and message only. `log_lost`: some output could not be kept.
struct Ending {
  StepRecord record;
  bool log_lost = false;
};

// "exit status 3", "ended by signal 9 (Killed)", "took over 30s and was ended", …
Ending ending(const TryEnd&);

// A try of a step that failed, where another will come.
struct FailedTry {
  int number = 1;
  int of = 1;
  std::string why;
  Duration pause{};
};
// "try 1 of 3: exit status 1; again in 2s"
std::string text(const FailedTry&);

}  // namespace davit
