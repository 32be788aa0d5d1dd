// SPDX-License-Identifier: MIT
#include "cli/host_names.hpp"

#include <fmt/format.h>

#include <charconv>

namespace davit {

namespace {

constexpr std::size_t kTold = 3;           // names or ranges
constexpr std::size_t kShortestRange = 3;  // names

bool digit(char c) { return c >= '0' && c <= '9'; }

// The digits that stand there.
std::string_view digits(std::string_view text, std::size_t at) {
  auto end = at;
  while (end < text.size() && digit(text[end])) ++end;
  return text.substr(at, end - at);
}

int value_of(std::string_view digits) {
  int value = -1;
  if (digits.size() <= 9) std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// Whether they differ in one number alone, which is one more: web09 and web10.
bool counts_on(std::string_view one, std::string_view next) {
  std::size_t at = 0;
  while (at < one.size() && at < next.size() && one[at] == next[at]) ++at;
  while (at > 0 && digit(one[at - 1])) --at;
  const auto from = digits(one, at), to = digits(next, at);
  if (from.empty() || to.empty() || value_of(from) < 0 || value_of(to) != value_of(from) + 1)
    return false;
  if ((from.front() == '0' || to.front() == '0') && from.size() != to.size()) return false;
  return one.substr(at + from.size()) == next.substr(at + to.size());
}

}  // namespace

std::string host_names(const std::vector<std::string>& names) {
  std::string out;
  std::size_t at = 0;
  bool all = true;
  for (std::size_t told = 0; at < names.size() && told < kTold; ++told) {
    auto last = at;
    while (last + 1 < names.size() && counts_on(names[last], names[last + 1])) ++last;
    const bool range = last - at + 1 >= kShortestRange;
    if (!out.empty()) out += ' ';
    out += range ? fmt::format("{}…{}", names[at], names[last]) : names[at];
    at = range ? last + 1 : at + 1;
    all = all && !range;
  }
  if (at < names.size()) out += " …";
  all = all && at == names.size();
  return all ? out : fmt::format("{} ({})", out, names.size());
}

}  // namespace davit
