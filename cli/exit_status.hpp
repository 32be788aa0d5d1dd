// SPDX-License-Identifier: MIT
// How a command ended, as the shell and a CI job see it.
#pragma once

#include "definitions/result.hpp"

namespace davit {

enum class ExitStatus {
  done = 0,
  failed = 1,
  misused = 2,
  refused = 3,  // a rule says no
  waiting = 4,  // for an approval, a gate, a window, a queue
  partial = 5,
  rolled_back = 6,
  busy = 7,  // another holds the lease
  uncertain = 8,
};

ExitStatus exit_status(Failure);

}  // namespace davit
