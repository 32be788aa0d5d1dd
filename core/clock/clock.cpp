// SPDX-License-Identifier: MIT
#include "core/clock/clock.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>

namespace davit {

namespace {

class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  }
};

}  // namespace

const Clock& system_clock() {
  static const SystemClock clock;
  return clock;
}

EventId fresh_event_id() {
  std::array<unsigned char, 16> raw{};
  // Never fails for 256 bytes or less once the pool is ready; until then it waits (getrandom(2)).
  while (getrandom(raw.data(), raw.size(), 0) != static_cast<ssize_t>(raw.size())) {
  }
  return {fmt::format("{:02x}", fmt::join(raw, ""))};
}

}  // namespace davit
