// SPDX-License-Identifier: MIT
// A rollout in numbers: how many targets go together, and how many failures end it. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "definitions/step.hpp"

namespace davit {

// How many of `whole`; a part of a host is a host, and none is one.
std::size_t count_of(const Share&, std::size_t whole);

// The sizes of the batches, one behind the other; together they are `hosts`. Shares are of the
// whole fleet: of forty, "1", "25%", "100%" are 1, 10 and the other 29. What the written batches
// leave over goes in batches like the last. No rollout: all at once.
std::vector<std::size_t> batches(const std::optional<Rollout>&, std::size_t hosts);

// So many failed targets end the rollout, those that can't be reached included; 1 unless written.
std::size_t failures_that_end(const std::optional<Rollout>&, std::size_t hosts);

}  // namespace davit
