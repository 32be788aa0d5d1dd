// SPDX-License-Identifier: MIT
// What a run tells of itself always fits into an event.
#include "core/events/fitted.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/policy/story.hpp"

using namespace davit;
using namespace davit::story;

namespace {

// As long as can be: whoever it is by, whatever the rules.
std::size_t size_of(const Fact& fact) {
  return encode({EventId{std::string(32, 'a')}, std::string(64, 'b'), noon(), std::string(320, '"'),
                 std::string(64, 'c'), fact})
      .size();
}

DeploymentFinished with_steps(std::size_t count, const std::string& message) {
  auto finished = ended(1, "production", 1, Ended::failed);
  for (std::size_t i = 0; i < count; ++i)
    finished.steps.push_back({.step = "step " + std::to_string(i), .message = message});
  return finished;
}

DeploymentFinished fitting(const DeploymentFinished& finished) {
  const auto made = fitted(finished);
  CHECK(size_of(made) <= kLargestEvent);
  CHECK(fitted(finished) == made);
  return std::get<DeploymentFinished>(made);
}

}  // namespace

TEST_CASE("what fits is left as it is") {
  const auto finished = with_steps(100, "connection refused");
  CHECK(fitting(finished) == finished);
  CHECK(fitted(EnvironmentLocked{"dev", std::string(9000, 'x'), {}}) ==
        Fact(EnvironmentLocked{"dev", std::string(9000, 'x'), {}}));
}

TEST_CASE("long messages are cut, and say so") {
  const auto made = fitting(with_steps(100, std::string(5000, 'x')));
  REQUIRE(made.steps.size() == 100);
  CHECK(made.steps[99].message == std::string(200, 'x') + "…");
  CHECK(made.untold == 0);
  auto loud = ended(1, "dev", 1);
  loud.message.assign(70'000, '\n');
  CHECK(fitting(loud).message.size() < 1100);
}

TEST_CASE("of very many steps those that say something are told, and how many more there were") {
  auto many = with_steps(5000, "");
  many.steps[4000].status = StepRecord::Status::failed;
  many.steps[4500].reversible = false;
  const auto made = fitting(many);
  CHECK(made.steps[0] == many.steps[4000]);
  CHECK(made.steps[1] == many.steps[4500]);
  CHECK(made.steps.size() > 100);
  CHECK(made.untold == static_cast<int>(5000 - made.steps.size()));
  for (auto& step : many.steps) step.status = StepRecord::Status::failed;
  for (auto& step : many.steps) step.step.assign(900, '\x01');
  CHECK(fitting(many).untold > 0);
}

TEST_CASE("a pause fits, whatever its step says") {
  auto pause = paused(1, "dev", 1);
  pause.step.assign(90'000, '"');
  pause.note.assign(90'000, '\x01');
  CHECK(size_of(fitted(pause)) <= kLargestEvent);
}

TEST_CASE("a text is cut between characters") {
  CHECK(shortened("abc", 3) == "abc");
  CHECK(shortened("abcd", 3) == "abc…");
  CHECK(shortened("aää", 2) == "a…");
  CHECK(shortened("aää", 3) == "aä…");
  CHECK(shortened("", 0) == "");
}
