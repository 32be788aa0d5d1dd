// SPDX-License-Identifier: MIT
#include "core/fleet/batches.hpp"

#include <algorithm>

namespace davit {

std::size_t count_of(const Share& share, std::size_t whole) {
  const auto number = static_cast<std::size_t>(std::max(share.number, 0));
  const auto count = share.percent ? (whole * number + 99) / 100 : number;
  return std::max<std::size_t>(count, 1);
}

std::vector<std::size_t> batches(const std::optional<Rollout>& rollout, std::size_t hosts) {
  std::vector<std::size_t> sizes;
  const auto* shares = rollout && !rollout->batches.empty() ? &rollout->batches : nullptr;
  for (std::size_t left = hosts, i = 0; left > 0; ++i) {
    const auto size =
        shares ? std::min(count_of((*shares)[std::min(i, shares->size() - 1)], hosts), left) : left;
    sizes.push_back(size);
    left -= size;
  }
  return sizes;
}

std::size_t failures_that_end(const std::optional<Rollout>& rollout, std::size_t hosts) {
  return rollout && rollout->max_failures ? count_of(*rollout->max_failures, hosts) : 1;
}

}  // namespace davit
