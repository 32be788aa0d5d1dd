// SPDX-License-Identifier: MIT
// Moments and ages for people, in the local time zone.
#pragma once

#include <string>

#include "definitions/instant.hpp"

namespace davit {

// "14:03" today, "Sun 14:03" within six days, otherwise "2026-11-22 14:03".
std::string when(Instant, Instant now);

// How long ago, in one figure: "12s", "40m", "5h", "6d", "2w". Nothing is ever in the future.
std::string age(Instant since, Instant now);

}  // namespace davit
