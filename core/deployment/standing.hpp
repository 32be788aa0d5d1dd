// SPDX-License-Identifier: MIT
// How an unfinished deployment stands: whether anybody still runs it.
#pragma once

#include "core/state/state.hpp"

namespace davit {

enum class Standing {
  nothing,      // there is none
  running,      // its runner lives, or its lease has not ended and it can't be asked
  gone,         // its runner died: what it did is in its journal
  manual,       // stands at a manual step
  interrupted,  // was stopped, and recorded it
};

// Of one attempt. Looks at this machine's processes.
Standing standing(const Attempt*, Instant now);

}  // namespace davit
