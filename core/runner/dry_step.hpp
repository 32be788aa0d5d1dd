// SPDX-License-Identifier: MIT
// A step on this machine in a dry run: told, and not done.
#pragma once

#include "core/runner/run.hpp"

namespace davit {

StepRecord tell_dry(Run&, const Spot&);

}  // namespace davit
