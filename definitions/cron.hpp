// SPDX-License-Identifier: MIT
// Times as cron writes them: minute, hour, day of month, month, day of week.
//
// As in crontab(5): *, lists, ranges, steps ("*/15", "1-5", "mon-fri", "jan,jul"); Sunday is 0 or
// 7; when both days are restricted either is enough. Extensions such as @daily are not read.
#pragma once

#include <bitset>
#include <string_view>

#include "definitions/result.hpp"

namespace davit {

struct Cron {
  std::bitset<60> minutes;
  std::bitset<24> hours;
  std::bitset<32> days;     // 1 to 31
  std::bitset<13> months;   // 1 to 12
  std::bitset<7> weekdays;  // 0 is Sunday
  bool any_day = true;      // the day of the month was a star
  bool any_weekday = true;  // so was the day of the week
};

// An error also for times that never come, such as 31 February.
Result<Cron> parse_cron(std::string_view);

}  // namespace davit
