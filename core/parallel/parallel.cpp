// SPDX-License-Identifier: MIT
#include "core/parallel/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace davit {

namespace {

constexpr std::size_t kMostCores = 8;

std::size_t cores() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostCores);
}

}  // namespace

void in_parallel(std::size_t count, std::size_t worth,
                 const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (auto i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 0; i < std::min(cores() - 1, count / worth); ++i) helpers.emplace_back(take);
  take();
}

}  // namespace davit
