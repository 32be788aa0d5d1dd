// SPDX-License-Identifier: MIT
#include "cli/progress.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace davit {

namespace {

constexpr Duration kSilent = std::chrono::seconds(1);
constexpr Duration kBetween = std::chrono::milliseconds(100);
constexpr std::string_view kClearLine = "\r\x1b[K";

std::string amount(std::int64_t count, ProgressLine::Unit unit) {
  return unit == ProgressLine::Unit::bytes ? size_text(count) : fmt::format("{}", count);
}

}  // namespace

ProgressLine::ProgressLine(Desk& desk, std::string what, std::int64_t total, Unit unit)
    : desk_(desk), what_(std::move(what)), total_(total), unit_(unit), start_(desk.clock.now()) {}

ProgressLine::~ProgressLine() {
  if (shown_ == Instant{}) return;
  desk_.err.raw(kClearLine);
  desk_.err.flush();
}

void ProgressLine::at(std::int64_t done) {
  if (!desk_.err.terminal || desk_.settings.quiet) return;
  const Instant now = desk_.clock.now();
  if (now - start_ < kSilent || now - shown_ < kBetween) return;
  shown_ = now;
  desk_.err.raw(kClearLine);
  desk_.err.write(line(done, now - start_));
  desk_.err.flush();
}

std::string ProgressLine::line(std::int64_t done, Duration passed) const {
  const double seconds = std::max(std::chrono::duration<double>(passed).count(), 0.001);
  const double rate = static_cast<double>(done) / seconds;
  std::string text = fmt::format("{}  {}", what_, amount(done, unit_));
  if (total_ > 0) text += fmt::format(" of {}", amount(total_, unit_));
  text += fmt::format("  {}/s", amount(static_cast<std::int64_t>(rate), unit_));
  if (total_ > done && rate > 0) {
    const double left = static_cast<double>(total_ - done) / rate;
    text += fmt::format("  about {} left", rough(Duration(static_cast<std::int64_t>(left * 1000))));
  }
  return text;
}

std::string size_text(std::int64_t bytes) {
  constexpr std::array<const char*, 6> kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  double size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (size >= 999.95 && unit + 1 < kUnits.size()) {
    size /= 1000;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", size, size < 99.95 ? 1 : 0, kUnits[unit]);
}

}  // namespace davit
