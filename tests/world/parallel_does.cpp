// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <atomic>
#include <vector>

#include "core/parallel/parallel.hpp"

namespace {

TEST_CASE("whatever the number, each is done once") {
  for (const std::size_t count : {0u, 1u, 31u, 1000u}) {
    std::vector<std::atomic<int>> done(count);
    davit::in_parallel(count, 8, [&](std::size_t i) { ++done[i]; });
    for (const auto& one : done) CHECK(one == 1);
  }
}

}  // namespace
