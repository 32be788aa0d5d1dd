// SPDX-License-Identifier: MIT
// Doing a run step: its script under a supervisor, followed to its end.
#pragma once

#include <map>
#include <string>

#include "core/runner/environment.hpp"
#include "core/runner/run.hpp"

namespace davit {

// Begins a try and follows it to its end. Fails when davit's own files can't be written.
Result<Tried> run_script(Run&, const Spot&, const StepEnvironment&, int attempt);

// Follows a try that an earlier davit began, and that runs still.
Tried attach_script(Run&, const Spot&, int attempt);

// What a try came to that ended while no davit looked.
Tried ended_script(Run&, const Spot&, int attempt);

// The step's condition: whether it lets the step run, and its exit status where not. An error when
// it can't tell.
struct Condition {
  bool holds = true;
  int status = 0;
};
Result<Condition> check_condition(Run&, const Spot&, const StepEnvironment&);

}  // namespace davit
