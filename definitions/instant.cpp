// SPDX-License-Identifier: MIT
#include "definitions/instant.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <array>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kLongest = days(36525);  // 100 years

struct Unit {
  std::string_view name;
  Duration length;
};
constexpr std::array<Unit, 5> kUnits = {{{"d", days(1)},
                                         {"h", hours(1)},
                                         {"m", minutes(1)},
                                         {"s", seconds(1)},
                                         {"ms", milliseconds(1)}}};

// Reads a text from its front. Once something does not fit, nothing fits any more.
class Front {
 public:
  explicit Front(std::string_view text) : rest_(text) {}

  bool at_end() const { return fits_ && rest_.empty(); }
  bool fits() const { return fits_; }
  bool sees(char c) const { return fits_ && !rest_.empty() && rest_.front() == c; }
  void expect(char c) {
    fits_ = sees(c);
    if (fits_) rest_.remove_prefix(1);
  }
  // A number of `least` to `most` digits.
  int number(std::size_t least, std::size_t most) {
    const auto found = span(ascii::digit);
    int value = 0;
    fits_ = fits_ && found.size() >= least && found.size() <= most;
    for (const char c : found) value = fits_ ? value * 10 + (c - '0') : 0;
    return value;
  }
  template <typename Kind>
  std::string_view span(Kind kind) {
    std::size_t length = 0;
    while (length < rest_.size() && kind(rest_[length])) ++length;
    const auto found = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return found;
  }

 private:
  std::string_view rest_;
  bool fits_ = true;
};

// ".123456" to 123; what is below a millisecond is dropped.
milliseconds fraction(Front& front) {
  if (!front.sees('.')) return {};
  front.expect('.');
  auto digits = std::string(front.span(ascii::digit));
  if (digits.empty()) front.expect('0');
  digits.resize(3, '0');
  return milliseconds(Front(digits).number(3, 3));
}

Error not_a_duration(std::string_view written) {
  return {.message = fmt::format("'{}' is no duration", written),
          .hint = "write a number and a unit, largest first: 90s, 15m, 2h, 7d, 1h30m or 500ms"};
}

// The amount as so many units, or more than the longest duration when it is too large.
Duration amount(std::string_view digits, Duration unit) {
  Duration::rep count = 0;
  for (const char c : digits) {
    count = count * 10 + (c - '0');
    if (count > kLongest / unit) return kLongest + unit;
  }
  return count * unit;
}

}  // namespace

std::string text(Instant at) {
  const auto day = std::chrono::floor<days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  // Compiled: verifying a ledger writes millions of them.
  return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z"),
                     static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

std::optional<Instant> parse_instant(std::string_view written) {
  Front front(written);
  const std::chrono::year year(front.number(4, 4));
  front.expect('-');
  const std::chrono::month month(static_cast<unsigned>(front.number(2, 2)));
  front.expect('-');
  const std::chrono::day day(static_cast<unsigned>(front.number(2, 2)));
  front.expect('T');
  const hours hour(front.number(2, 2));
  front.expect(':');
  const minutes minute(front.number(2, 2));
  front.expect(':');
  const seconds second(front.number(2, 2));
  const auto part = fraction(front);
  front.expect('Z');
  const std::chrono::year_month_day date(year, month, day);
  if (!front.at_end() || !date.ok() || hour >= days(1) || minute >= hours(1) ||
      second >= minutes(1))
    return std::nullopt;
  return std::chrono::sys_days(date) + hour + minute + second + part;
}

Result<Duration> parse_duration(std::string_view written) {
  Front front(written);
  Duration sum{};
  auto unit = kUnits.begin();
  do {
    const auto digits = front.span(ascii::digit);
    const auto name = front.span([](char c) { return !ascii::digit(c); });
    while (unit != kUnits.end() && unit->name != name) ++unit;
    if (digits.empty() || unit == kUnits.end()) return not_a_duration(written);
    sum += amount(digits, unit->length);
    if (sum > kLongest)
      return Error{.message = fmt::format("'{}' is longer than 100 years", written),
                   .hint = "write a shorter duration"};
    ++unit;
  } while (!front.at_end());
  return sum;
}

std::string text(Duration length) {
  if (length == Duration{}) return "0s";
  std::string out = length < Duration{} ? "-" : "";
  auto left = length < Duration{} ? -length : length;
  for (const auto& unit : kUnits) {
    if (const auto count = left / unit.length; count > 0)
      out += fmt::format("{}{}", count, unit.name);
    left %= unit.length;
  }
  return out;
}

std::string rough(Duration length) {
  const auto whole = std::max<Duration::rep>(0, length / seconds(1));
  const auto tenths = std::max<Duration::rep>(0, length / milliseconds(100)) % 10;
  if (length < minutes(1))
    return tenths == 0 ? fmt::format("{} s", whole) : fmt::format("{}.{} s", whole, tenths);
  if (length < hours(1) && whole % 60 == 0) return fmt::format("{}m", whole / 60);
  if (length < hours(1)) return fmt::format("{}m {:02}s", whole / 60, whole % 60);
  const auto minute = whole / 60 % 60;
  if (length < days(1) && minute == 0) return fmt::format("{}h", whole / 3600);
  if (length < days(1)) return fmt::format("{}h {:02}m", whole / 3600, minute);
  if (length < days(14)) return fmt::format("{}d", length / days(1));
  if (length < days(2 * 365)) return fmt::format("{}w", length / days(7));
  return fmt::format("{}y", length / days(365));
}

}  // namespace davit
