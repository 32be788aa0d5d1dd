// SPDX-License-Identifier: MIT
#include "core/fleet/narrowing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace davit {

std::string text(const Narrowing& narrowing) {
  std::string out;
  if (!narrowing.limit.empty())
    out = fmt::format("limited to {}", fmt::join(narrowing.limit, ", "));
  if (!narrowing.exclude.empty())
    out += fmt::format("{}without {}", out.empty() ? "" : " ", fmt::join(narrowing.exclude, ", "));
  return out;
}

std::string text(const Narrowing& narrowing, std::size_t targets, std::size_t of) {
  return narrowing.empty() ? ""
                           : fmt::format("{} ({} of {} targets)", text(narrowing), targets, of);
}

}  // namespace davit
