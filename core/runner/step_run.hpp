// SPDX-License-Identifier: MIT
// One step on one target, done to its end: what is left of it, its tries and its records.
#pragma once

#include <optional>

#include "core/runner/run.hpp"

namespace davit {

// Goes on from what the journal knows (null: nothing). Nothing comes back when it was left open
// because davit is to stop; then there is no end in the journal either.
Result<std::optional<StepRecord>> run_step(Run&, const Spot&, const StepProgress*);

// Records that the step does not run, and why.
Result<StepRecord> skip_step(Run&, const Spot&, StepRecord::Status, std::string why);

}  // namespace davit
