// SPDX-License-Identifier: MIT
#include "cli/when.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>

namespace davit {

namespace {

std::tm local(Instant moment) {
  const std::time_t seconds =
      std::chrono::duration_cast<std::chrono::seconds>(moment.time_since_epoch()).count();
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return parts;
}

}  // namespace

std::string when(Instant moment, Instant now) {
  static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  const std::tm at = local(moment);
  const std::tm today = local(now);
  std::string time = fmt::format("{:02}:{:02}", at.tm_hour, at.tm_min);
  if (at.tm_year == today.tm_year && at.tm_yday == today.tm_yday) return time;
  const Duration apart = moment > now ? moment - now : now - moment;
  if (apart < std::chrono::hours(24 * 6))
    return fmt::format("{} {}", kDays[static_cast<std::size_t>(at.tm_wday)], time);
  return fmt::format("{}-{:02}-{:02} {}", at.tm_year + 1900, at.tm_mon + 1, at.tm_mday, time);
}

std::string age(Instant since, Instant now) {
  const auto seconds = std::max<std::int64_t>(
      std::chrono::duration_cast<std::chrono::seconds>(now - since).count(), 0);
  if (seconds < 60) return fmt::format("{}s", seconds);
  if (seconds < 60 * 60) return fmt::format("{}m", seconds / 60);
  if (seconds < 60 * 60 * 48) return fmt::format("{}h", seconds / (60 * 60));
  const auto days = seconds / (60 * 60 * 24);
  return days < 14 ? fmt::format("{}d", days) : fmt::format("{}w", days / 7);
}

}  // namespace davit
