// SPDX-License-Identifier: MIT
// A dry run, told: step by step what would be done where, targets on which it is the same together.
#pragma once

#include "cli/desk.hpp"
#include "cli/office.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

// Prints it, and what keeps it from being done now.
Result<ExitStatus> run_dry(Office&, Desk&, const Subject&);

}  // namespace davit
