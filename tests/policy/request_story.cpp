// SPDX-License-Identifier: MIT
// Requests, and what the bounds of the state leave no room for.
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

TEST_CASE("who starts a deployment by hand asks for it in the same breath, once") {
  StartDeployment start{began(1, "production", 0), "carts are lost"};
  start.start.cause = Cause::rollback;
  const auto decided = [&](const State& state) {
    return decide(state, start, {"alice@example.com", noon(), ""});
  };
  const auto facts = decided(told({cut(1)}));
  REQUIRE(facts.has_value());
  REQUIRE(facts->size() == 2);
  const auto* asked_for = std::get_if<DeploymentRequested>(&facts->front());
  REQUIRE(asked_for);
  CHECK(asked_for->cause == Cause::rollback);
  CHECK(asked_for->reason == "carts are lost");
  CHECK(asked_for->deployment == deployment(1, "production"));
  CHECK(std::holds_alternative<DeploymentStarted>(facts->back()));
  CHECK(decided(told({cut(1), asked(1, "production")}))->size() == 1);
  start.because.reset();
  CHECK(decided(told({cut(1)}))->size() == 1);
}
