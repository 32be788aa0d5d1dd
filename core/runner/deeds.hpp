// SPDX-License-Identifier: MIT
// The steps that davit does itself: upload, link, http, wait.
//
// They go down with davit. Those that do no harm twice are begun again then; of an http step that
// changes something (a POST, say) nobody can tell, and its try file says so.
#pragma once

#include "core/runner/run.hpp"

namespace davit {

// Whether the action may be done twice without harm.
bool repeatable(const Action&);

// Does it once. Fails when davit's own files can't be written.
Result<Tried> do_deed(Run&, const Spot&, int attempt);

}  // namespace davit
