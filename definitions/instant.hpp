// SPDX-License-Identifier: MIT
// A moment, in UTC, to the millisecond; and lengths of time between moments.
//
// Written as RFC 3339 with a Z: 2026-11-22T14:03:07.123Z. Nothing below cli/ asks for the present
// moment except core/clock; everything else is told.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "definitions/result.hpp"

namespace davit {

using Duration = std::chrono::milliseconds;
using Instant = std::chrono::time_point<std::chrono::system_clock, Duration>;

std::string text(Instant);
std::optional<Instant> parse_instant(std::string_view);

// "90s", "15m", "2h", "7d", also "500ms" and sums such as "1h30m". Up to 100 years.
Result<Duration> parse_duration(std::string_view);

// The shortest exact form that parse_duration reads: "90s" is "1m30s", "0s" for nothing.
std::string text(Duration);

// Roughly, for people: "6.2 s", "1m 04s", "3h 12m", "6d", "2w".
std::string rough(Duration);

}  // namespace davit
