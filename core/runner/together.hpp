// SPDX-License-Identifier: MIT
// A step on many targets at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/runner/target_step.hpp"

namespace davit {

// A step, and which targets do it now.
struct Together {
  const PlannedStep& planned;
  std::vector<std::string> targets;
  Duration patience{};  // so long one that can't be reached is tried again
};

// A record for each of the targets, in their order, when all have theirs; each is told as soon as
// it is there. Nothing where the step was left open because davit is to stop. An error where davit
// could not do its own part.
using TargetRecords = std::vector<std::optional<StepRecord>>;
Result<TargetRecords> do_together(
    Run&, Targets&, const Together&,
    const std::function<const StepProgress*(const std::string& target)>& left);

}  // namespace davit
