// SPDX-License-Identifier: MIT
// A release that did not stay is told until something else goes well, or it is given up.
#include <doctest/doctest.h>

#include "core/policy/setback.hpp"
#include "tests/policy/shop.hpp"

using namespace davit;
using namespace davit::story;

namespace {

// Two went well, the third failed, and the second was put back.
std::vector<Line> rolled_back() {
  auto failed = ended(3, "dev", 3, Ended::failed);
  failed.message = "Smoke test: no answer";
  auto back = began(2, "dev", 4, 2);
  back.cause = Cause::rollback;
  return {cut(1),
          began(1, "dev", 1),
          ended(1, "dev", 1),
          cut(2),
          began(2, "dev", 2),
          ended(2, "dev", 2),
          cut(3),
          began(3, "dev", 3),
          failed,
          back,
          ended(2, "dev", 4, Ended::succeeded, 2)};
}

State rolled_back_and(const std::vector<Line>& more) {
  auto lines = rolled_back();
  lines.insert(lines.end(), more.begin(), more.end());
  return told(lines);
}

}  // namespace

TEST_CASE("a failure is told after the rollback, too") {
  const auto back = setback(told(rolled_back()), "dev");
  REQUIRE(back);
  CHECK(back->release == ReleaseNumber{3});
  CHECK(back->attempt == 1);
  CHECK(back->how == "failed");
  CHECK(back->message == "Smoke test: no answer");
}

TEST_CASE("a setback is over when something newer succeeds, or it does itself, or is given up") {
  CHECK_FALSE(setback(rolled_back_and({cut(4), began(4, "dev", 5), ended(4, "dev", 5)}), "dev"));
  CHECK_FALSE(setback(
      rolled_back_and({began(3, "dev", 5, 2), ended(3, "dev", 5, Ended::succeeded, 2)}), "dev"));
  CHECK_FALSE(setback(rolled_back_and({ReleaseAbandoned{{3}, "no"}}), "dev"));
  CHECK_FALSE(setback(rolled_back_and({ReleaseMarked{{3}, true, "leaks"}}), "dev"));
  CHECK(setback(rolled_back_and({ReleaseMarked{{3}, true, "leaks"}, ReleaseMarked{{3}, false, ""}}),
                "dev"));
}

TEST_CASE("a rollback by hand puts it right, and one that fails or is in part does not") {
  const std::vector<Line> broken{cut(1), began(1, "dev", 1), ended(1, "dev", 1),
                                 cut(2), began(2, "dev", 2), ended(2, "dev", 2, Ended::failed)};
  auto asking = asked(1, "dev", 2);
  asking.cause = Cause::rollback;
  auto back = began(1, "dev", 3, 2);
  back.cause = Cause::rollback;
  const auto by_hand = [&](Ended how) {
    auto lines = broken;
    lines.insert(lines.end(), {asking, back, ended(1, "dev", 3, how, 2)});
    return setback(told(lines), "dev");
  };
  CHECK_FALSE(by_hand(Ended::succeeded));
  CHECK(by_hand(Ended::partial)->release == ReleaseNumber{2});
  CHECK(by_hand(Ended::failed)->release == ReleaseNumber{1});
  CHECK(setback(told(broken), "dev"));
}

TEST_CASE("what is deployed again by hand puts it right, too, however old it is") {
  CHECK_FALSE(setback(
      rolled_back_and({began(1, "dev", 5, 2), ended(1, "dev", 5, Ended::succeeded, 2)}), "dev"));
  auto again = began(2, "dev", 5, 3);
  again.cause = Cause::redeploy;
  CHECK_FALSE(setback(rolled_back_and({again, ended(2, "dev", 5, Ended::succeeded, 3)}), "dev"));
  CHECK(setback(rolled_back_and({began(2, "dev", 5, 3), ended(2, "dev", 5, Ended::canceled, 3)}),
                "dev")
            ->release == ReleaseNumber{2});
}

TEST_CASE("given up, what is there still is not what it should be") {
  CHECK(setback(told({cut(1), began(1, "dev", 1), ended(1, "dev", 1, Ended::failed),
                      ReleaseMarked{{1}, true, "leaks"}}),
                "dev"));
}

TEST_CASE("while it is tried again nothing is told of the attempt before") {
  CHECK_FALSE(setback(rolled_back_and({began(3, "dev", 5, 2)}), "dev"));
  CHECK(setback(rolled_back_and({asked(3, "dev", 2)}), "dev")->attempt == 1);
}

TEST_CASE("what ended badly last is told, however old it is") {
  const auto state = told({cut(1), began(1, "dev", 1), ended(1, "dev", 1), began(1, "dev", 2, 2),
                           ended(1, "dev", 2, Ended::canceled, 2)});
  REQUIRE(setback(state, "dev"));
  CHECK(setback(state, "dev")->how == "canceled");
  CHECK_FALSE(setback(told({cut(1)}), "dev"));
}

TEST_CASE("a no afterwards is a setback") {
  const auto state =
      told({cut(1), began(1, "dev", 1), ended(1, "dev", 1), cut(2), began(2, "dev", 2),
            ended(2, "dev", 2), by("bob", rejected_after(2, "dev"))});
  REQUIRE(setback(state, "dev"));
  CHECK(setback(state, "dev")->release == ReleaseNumber{2});
  CHECK(setback(state, "dev")->how == "rejected");
}
