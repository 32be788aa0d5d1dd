// SPDX-License-Identifier: MIT
// A step on many targets at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/runner/target_step.hpp"

namespace davit {

struct TargetOutcome {
  std::string target;
  std::optional<StepRecord> record;  // nothing where it was left open because davit is to stop
  bool unreachable = false;          // nothing began there, for want of a way
};

// Done when each has its outcome; in the order of the targets. An error where davit could not do
// its own part.
Result<std::vector<TargetOutcome>> do_together(
    Run&, Targets&, const PlannedStep&, const std::vector<std::string>& targets,
    const std::function<const StepProgress*(const std::string& target)>& left);

}  // namespace davit
