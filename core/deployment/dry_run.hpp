// SPDX-License-Identifier: MIT
// A dry run: the plan is given to the runner, and what each step would do is told instead of done.
//
// Nobody is reached, no secret is asked for, no command runs, and nothing of it is in the ledger or
// the journals. It says what would be done where all goes well: a step for failures does not come,
// a condition holds, nothing is handed on.
#pragma once

#include "core/deployment/deploy.hpp"

namespace davit {

Result<RunReport> dry_run(Registry&, const Case&, Teller&, const Clock&);

}  // namespace davit
