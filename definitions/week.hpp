// SPDX-License-Identifier: MIT
// Days of the week and times of day, as people write them.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

namespace davit {

// Bit 0 is Monday, bit 6 Sunday.
using Weekdays = std::bitset<7>;

// "Mon-Thu", "Mon,Wed,Fri", "Sat-Mon" (over the weekend); case does not matter.
std::optional<Weekdays> parse_weekdays(std::string_view);

// "09:00" as minutes since midnight; "24:00" is the end of the day.
std::optional<int> parse_time_of_day(std::string_view);

}  // namespace davit
