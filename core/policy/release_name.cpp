// SPDX-License-Identifier: MIT
#include "core/policy/release_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace davit {

namespace {

constexpr char kNumber = '\x01';
constexpr char kRev = '\x02';  // twice, with a digit for each that it must have between

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

// The number between `before` and `after` in a name; 0 where it is none.
int rev_in(const std::string& name, std::string_view before, std::string_view after) {
  if (name.size() <= before.size() + after.size()) return 0;
  if (!name.starts_with(before) || !name.ends_with(after)) return 0;
  const char* first = name.data() + before.size();
  const char* last = name.data() + name.size() - after.size();
  int number = 0;
  const auto [stop, error] = std::from_chars(first, last, number);
  return error == std::errc{} && stop == last ? number : 0;
}

}  // namespace

std::string name_mark(std::string_view field) {
  if (field == "number") return std::string(1, kNumber);
  const auto colon = field.find(':');
  const auto width = colon == std::string_view::npos ? 0 : field.size() - colon - 1;
  return kRev + std::string(width, '0') + kRev;
}

Result<std::string> release_name(std::string pattern, ReleaseNumber number,
                                 const std::vector<std::string>& taken) {
  replace_all(pattern, std::string_view(&kNumber, 1), std::to_string(number.value));
  const auto open = pattern.find(kRev);
  if (open == std::string::npos) {
    if (std::find(taken.begin(), taken.end(), pattern) == taken.end()) return pattern;
    return Error{fmt::format("there is a release named '{}' already", pattern),
                 "put {rev} into release_name"};
  }
  const auto close = pattern.find(kRev, open + 1);
  const auto mark = pattern.substr(open, close - open + 1);
  const auto before = pattern.substr(0, open), after = pattern.substr(close + 1);
  int highest = 0;
  for (const auto& other : taken) highest = std::max(highest, rev_in(other, before, after));
  replace_all(pattern, mark, fmt::format("{:0{}}", highest + 1, mark.size() - 2));
  return pattern;
}

}  // namespace davit
