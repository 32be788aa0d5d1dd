// SPDX-License-Identifier: MIT
#include "core/runner/errand.hpp"

#include <atomic>
#include <chrono>

namespace davit {

GaveUp errand(Run& run, std::optional<Duration> longest,
              const std::function<void(const GiveUp&)>& work) {
  using std::chrono::steady_clock;
  const auto end = steady_clock::now() + longest.value_or(Duration{0});
  const auto late = [&] { return longest && steady_clock::now() >= end; };
  const int endings = run.halt.endings;
  std::atomic<bool> asked{false};
  run.loop.meanwhile([&] { work([&] { return asked || late(); }); },
                     [&] { asked = run.halt.endings > endings; });
  if (asked) return GaveUp::asked;
  return late() ? GaveUp::late : GaveUp::no;
}

Tried given_up(const Run& run, GaveUp why, std::optional<Duration> longest) {
  if (why == GaveUp::late)
    return {StepRecord::Status::failed,
            "took too long and was ended after " + rough(longest.value_or(Duration{0})),
            {}};
  return {StepRecord::Status::canceled, "ended on request", {}, run.halt.stopping()};
}

}  // namespace davit
