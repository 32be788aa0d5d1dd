// SPDX-License-Identifier: MIT
// A step on many targets at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/runner/target_step.hpp"

namespace davit {

// A record for each of the targets, in their order, when all have theirs; nothing where the step
// was left open because davit is to stop. An error where davit could not do its own part.
using TargetRecords = std::vector<std::optional<StepRecord>>;
Result<TargetRecords> do_together(
    Run&, Targets&, const PlannedStep&, const std::vector<std::string>& targets,
    const std::function<const StepProgress*(const std::string& target)>& left);

}  // namespace davit
