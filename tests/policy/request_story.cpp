// SPDX-License-Identifier: MIT
// Requests that the bounds of the state leave no room for.
#include <doctest/doctest.h>

#include "core/policy/request.hpp"
#include "tests/policy/story.hpp"

using namespace davit;
using namespace davit::story;

namespace {

Result<std::vector<Fact>> request(const State& state, int release, Cause cause = Cause::manual) {
  return decide(state, RequestDeployment{{release}, "production", cause, false, {}, ""},
                {"alice@example.com", noon(), ""});
}

}  // namespace

TEST_CASE("a request behind as many as can wait is refused, and how to make room is told") {
  constexpr int kMost = EnvironmentState::kRequested;
  std::vector<Line> lines;
  for (int number = 1; number <= kMost + 1; ++number) lines.push_back(cut(number));
  for (int number = 1; number < kMost; ++number) lines.push_back(asked(number, "production"));
  CHECK(request(told(lines), kMost).has_value());
  lines.push_back(asked(kMost, "production"));
  const auto full = told(lines);
  const auto refused = request(full, kMost + 1);
  REQUIRE(!refused.has_value());
  CHECK(refused.error().failure == Failure::refused);
  CHECK(refused.error().message == "64 deployments wait for production already");
  CHECK(refused.error().hint == "davit cancel shop/1 production gives up the oldest");
  // Nothing more waits behind these.
  CHECK(request(full, 1)->empty());
  CHECK(request(full, 1, Cause::redeploy)->size() == 2);
}
