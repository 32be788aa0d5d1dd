// SPDX-License-Identifier: MIT
#include "definitions/week.hpp"

#include <algorithm>
#include <array>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool same(std::string_view a, std::string_view lower) {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(),
                    [](char x, char y) { return ascii::lowered(x) == y; });
}

std::optional<std::size_t> day(std::string_view text) {
  for (std::size_t i = 0; i < kDays.size(); ++i)
    if (same(trimmed(text), kDays[i])) return i;
  return std::nullopt;
}

std::optional<int> two_digits(std::string_view text) {
  if (text.size() != 2 || !ascii::digit(text[0]) || !ascii::digit(text[1])) return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

}  // namespace

std::optional<Weekdays> parse_weekdays(std::string_view text) {
  Weekdays days;
  for (bool more = true; more;) {
    const auto comma = text.find(',');
    more = comma != std::string_view::npos;
    const std::string_view part = text.substr(0, comma);
    text.remove_prefix(more ? comma + 1 : text.size());
    const auto dash = part.find('-');
    const auto first = day(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day(part.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    for (std::size_t i = *first; i != *last; i = (i + 1) % days.size()) days.set(i);
    days.set(*last);
  }
  return days;
}

std::optional<int> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = two_digits(text.substr(0, 2));
  const auto minutes = two_digits(text.substr(3));
  if (!hours || !minutes || *minutes > 59) return std::nullopt;
  const int all = *hours * 60 + *minutes;
  return all > 24 * 60 ? std::nullopt : std::optional<int>(all);
}

}  // namespace davit
