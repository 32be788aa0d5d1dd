// SPDX-License-Identifier: MIT
// How far an unfinished deployment got, by this clone's journal.
#pragma once

#include <vector>

#include "cli/office.hpp"
#include "core/deployment/deploy.hpp"
#include "core/runner/journal.hpp"

namespace davit {

// Empty where this clone has no journal of it.
Result<std::vector<StepProgress>> progress_of(Office&, const Case&);

// Whether nobody can tell how far it came: its end was not seen, or it was ended on request.
bool unsure(const StepProgress&);

// "4 of 7 steps done, running: Migrate": to the talk.
void print_progress(Desk&, const Case&, const std::vector<StepProgress>&);

}  // namespace davit
