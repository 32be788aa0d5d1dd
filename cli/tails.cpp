// SPDX-License-Identifier: MIT
#include "cli/tails.hpp"

#include "cli/utf8.hpp"

namespace davit {

namespace {

constexpr std::size_t kLines = 20;
constexpr std::size_t kLongest = 1000;

}  // namespace

void Tails::line(const std::string& target, std::string_view text) {
  auto& lines = lines_[target];
  if (lines.size() == kLines) lines.pop_front();
  std::string shown(head(text, kLongest));
  if (shown.size() < text.size()) shown += "…";
  lines.push_back(std::move(shown));
}

const Tails::Lines& Tails::of(const std::string& target) const {
  static const Lines nothing;
  const auto found = lines_.find(target);
  return found == lines_.end() ? nothing : found->second;
}

}  // namespace davit
