// SPDX-License-Identifier: MIT
// What was brought to a target last, by what happened; and what of a look at it is drift.
#include <doctest/doctest.h>

#include "core/policy/drift.hpp"
#include "tests/policy/shop.hpp"

using namespace davit;
using namespace davit::story;

namespace {

using Status = StepRecord::Status;

StepRecord on(const std::string& target, Status status, int tries = 1) {
  return {.step = "Switch", .target = target, .status = status, .tries = tries};
}

DeploymentFinished ended_with(int release, int fence, Ended how, std::vector<StepRecord> steps) {
  auto out = ended(release, "dev", fence, how);
  out.steps = std::move(steps);
  return out;
}

// 1 went well on a and b; 2 failed on a and never came to b.
State half_done() {
  return told(
      {cut(1), began(1, "dev", 1),
       ended_with(1, 1, Ended::succeeded, {on("a", Status::succeeded), on("b", Status::succeeded)}),
       cut(2), began(2, "dev", 2),
       ended_with(2, 2, Ended::failed,
                  {on("a", Status::failed), on("b", Status::not_started, 0)})});
}

TargetLook look(const State& state, const std::string& target) {
  TargetLook out{.target = target, .recorded = recorded(state, "dev", target)};
  if (out.recorded) out.receipt = Receipt{out.recorded->deployment, true, 1, ""};
  return out;
}

using Drifts = std::vector<Drift>;

}  // namespace

TEST_CASE("what touched a target last is recorded there, well or not") {
  const auto state = half_done();
  CHECK(recorded(state, "dev", "a") == Recorded{{{2}, "dev", 1}, false});
  CHECK(recorded(state, "dev", "b") == Recorded{{{1}, "dev", 1}, true});
  CHECK_FALSE(recorded(state, "dev", "c").has_value());
}

TEST_CASE("what an event had no room for went well") {
  auto end = ended_with(1, 1, Ended::succeeded, {on("a", Status::skipped, 0)});
  end.untold = 7;
  const auto state = told({cut(1), began(1, "dev", 1), end});
  CHECK(recorded(state, "dev", "b") == Recorded{{{1}, "dev", 1}, true});
  CHECK_FALSE(recorded(state, "dev", "a").has_value());
}

TEST_CASE("a target that holds what is live and recorded has no drift") {
  CHECK(drift(look(half_done(), "b"), {1}).empty());
}

TEST_CASE("each way to drift is told") {
  const auto state = half_done();
  CHECK(drift(look(state, "c"), {1}) == Drifts{Drift::untouched});
  CHECK(drift(look(state, "a"), {1}) == Drifts{Drift::other_release});
  CHECK(drift(look(state, "a"), {2}) == Drifts{Drift::in_part});
  auto seen = look(state, "b");
  seen.receipt->done = false;
  CHECK(drift(seen, {1}) == Drifts{Drift::not_done});
  seen.receipt->deployment.release = {9};
  CHECK(drift(seen, {1}) == Drifts{Drift::other_receipt});
  seen.receipt.reset();
  seen.traces = {{"current", Trace::Kind::link, "releases/1", "releases/1"}};
  CHECK(drift(seen, {1}) == Drifts{Drift::no_receipt});
  seen.traces.push_back({.path = "conf", .kind = Trace::Kind::file, .wanted = "abc"});
  CHECK(drift(seen, {1}) == Drifts{Drift::no_receipt, Drift::trace});
  seen.traces.back().unlooked = "its artifact is not here";
  CHECK(drift(seen, {1}) == Drifts{Drift::no_receipt});
}

TEST_CASE("of a target that was not reached only the ledger is believed") {
  auto seen = look(half_done(), "b");
  seen.receipt.reset();
  seen.unreachable = "no route";
  CHECK(drift(seen, {1}).empty());
  CHECK(drift(seen, {2}) == Drifts{Drift::other_release});
}
