// SPDX-License-Identifier: MIT
#include "definitions/cron.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sun", "mon", "tue", "wed",
                                                       "thu", "fri", "sat"};

struct Field {
  std::string_view what;
  int least, most;
  std::span<const std::string_view> words;  // the first stands for `first`
  int first;
};

constexpr std::array<Field, 5> kFields = {{{"minute", 0, 59, {}, 0},
                                           {"hour", 0, 23, {}, 0},
                                           {"day of month", 1, 31, {}, 0},
                                           {"month", 1, 12, kMonths, 1},
                                           {"day of week", 0, 7, kWeekdays, 0}}};

using Bits = std::bitset<64>;

std::optional<int> number(std::string_view text, const Field& field) {
  const auto lower = ascii::lowered(text);
  for (std::size_t i = 0; i < field.words.size(); ++i)
    if (lower == field.words[i]) return field.first + static_cast<int>(i);
  int value = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  if (text.empty() || text.front() == '-' || stop != end || problem != std::errc{})
    return std::nullopt;
  return value;
}

// "*", "5", "1-5", each also with a step: "*/15".
bool add_part(std::string_view part, const Field& field, Bits& bits) {
  const auto slash = part.find('/');
  const std::string_view range = part.substr(0, slash);
  const auto step = slash == std::string_view::npos ? std::optional<int>(1)
                                                    : number(part.substr(slash + 1), Field{});
  const auto dash = range.find('-');
  std::optional<int> from = field.least;
  std::optional<int> to = field.most;
  if (range != "*") {
    from = number(range.substr(0, dash), field);
    to = dash != std::string_view::npos    ? number(range.substr(dash + 1), field)
         : slash == std::string_view::npos ? from
                                           : to;
  }
  if (!from || !to || !step || *step < 1) return false;
  if (*from < field.least || *to > field.most || *from > *to) return false;
  for (std::int64_t i = *from; i <= *to; i += *step) bits.set(static_cast<std::size_t>(i));
  return true;
}

std::optional<Bits> parse_field(std::string_view text, const Field& field) {
  Bits bits;
  for (bool more = true; more;) {
    const auto comma = text.find(',');
    more = comma != std::string_view::npos;
    if (!add_part(text.substr(0, comma), field, bits)) return std::nullopt;
    text.remove_prefix(more ? comma + 1 : text.size());
  }
  return bits;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto start = text.find_first_not_of(" \t");
    if (start == std::string_view::npos || parts.size() > kFields.size()) return parts;
    text.remove_prefix(start);
    parts.push_back(text.substr(0, text.find_first_of(" \t")));
    text.remove_prefix(parts.back().size());
  }
}

template <std::size_t N>
void copy(const Bits& from, std::bitset<N>& to) {
  for (std::size_t i = 0; i < N; ++i) to[i] = from[i];
}

bool comes_ever(const Cron& cron) {
  if (!cron.any_weekday) return true;
  constexpr std::array<std::size_t, 13> kLength = {0,  31, 29, 31, 30, 31, 30,
                                                   31, 31, 30, 31, 30, 31};
  for (std::size_t month = 1; month < kLength.size(); ++month)
    for (std::size_t day = 1; cron.months[month] && day <= kLength[month]; ++day)
      if (cron.days[day]) return true;
  return false;
}

}  // namespace

Result<Cron> parse_cron(std::string_view text) {
  const auto parts = words_of(text);
  if (parts.size() != kFields.size())
    return Error{"a schedule has five fields",
                 "minute, hour, day of month, month, day of week: \"0 3 * * 1-5\""};
  std::array<Bits, kFields.size()> bits;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Field& field = kFields[i];
    const auto read = parse_field(parts[i], field);
    if (!read)
      return Error{fmt::format("'{}' is no {} of a schedule", parts[i], field.what),
                   fmt::format("{} to {}, *, a list 1,2, a range 1-5 or steps */2", field.least,
                               field.most)};
    bits[i] = *read;
  }
  Cron cron;
  copy(bits[0], cron.minutes);
  copy(bits[1], cron.hours);
  copy(bits[2], cron.days);
  copy(bits[3], cron.months);
  copy(bits[4], cron.weekdays);
  if (bits[4][7]) cron.weekdays.set(0);
  cron.any_day = parts[2].front() == '*';
  cron.any_weekday = parts[4].front() == '*';
  if (!comes_ever(cron))
    return Error{"this schedule never comes", "no month it names has such a day"};
  return cron;
}

}  // namespace davit
