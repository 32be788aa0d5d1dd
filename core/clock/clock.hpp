// SPDX-License-Identifier: MIT
// The present moment and randomness: the only place they come from.
#pragma once

#include "core/events/ids.hpp"
#include "definitions/instant.hpp"

namespace davit {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

// The machine's clock.
const Clock& system_clock();

// 128 bits of the system's randomness.
EventId fresh_event_id();

}  // namespace davit
