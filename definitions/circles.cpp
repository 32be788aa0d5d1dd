// SPDX-License-Identifier: MIT
#include "definitions/circles.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace davit {

namespace {

using Graph = std::vector<std::vector<std::size_t>>;

constexpr std::size_t kTold = 8;
constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

// For each thing one need of it that is never met; kNobody for those whose needs all are.
std::vector<std::size_t> unmet(const Graph& needs) {
  Graph followers(needs.size());
  std::vector<std::size_t> open(needs.size()), ready, blocker(needs.size(), kNobody);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    open[i] = needs[i].size();
    for (const auto need : needs[i]) followers[need].push_back(i);
    if (open[i] == 0) ready.push_back(i);
  }
  while (!ready.empty()) {
    const auto met = ready.back();
    ready.pop_back();
    for (const auto follower : followers[met])
      if (--open[follower] == 0) ready.push_back(follower);
  }
  for (std::size_t i = 0; i < needs.size(); ++i)
    for (const auto need : needs[i])
      if (open[i] > 0 && open[need] > 0 && blocker[i] == kNobody) blocker[i] = need;
  return blocker;
}

}  // namespace

std::vector<std::vector<std::size_t>> circles(const Graph& needs) {
  const auto blocker = unmet(needs);
  std::vector<std::size_t> walk(needs.size(), kNobody);  // in whose walk a thing was met
  Graph found;
  for (std::size_t start = 0; start < needs.size(); ++start) {
    auto here = start;
    for (; here != kNobody && walk[here] == kNobody; here = blocker[here]) walk[here] = start;
    if (here == kNobody || walk[here] != start) continue;
    std::vector<std::size_t> circle;
    auto at = here;
    do {
      circle.push_back(at);
      at = blocker[at];
    } while (at != here);
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    found.push_back(std::move(circle));
  }
  return found;
}

std::string told(const std::vector<std::string>& circle, const char* needs) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < std::min(circle.size(), kTold); ++i)
    parts.push_back(fmt::format("{} {} {}", circle[i], needs, circle[(i + 1) % circle.size()]));
  auto out = fmt::format("{}", fmt::join(parts, ", "));
  if (circle.size() > kTold) out += fmt::format(" and so on, {} in all", circle.size());
  return out;
}

}  // namespace davit
