// SPDX-License-Identifier: MIT
// Decisions: people's yes and no, before and after a deployment.
#include <doctest/doctest.h>

#include "tests/policy/story.hpp"

using namespace davit;
using namespace davit::story;

namespace {

const Attempt& attempt(const State& state, int release, const std::string& environment) {
  return *state.release({release})->attempt(environment);
}

}  // namespace

TEST_CASE("an approval opens the attempt that it is about") {
  const auto state = told({cut(1), by("bob", approved(1, "production"))});
  REQUIRE(attempt(state, 1, "production").decisions.size() == 1);
  const auto& given = attempt(state, 1, "production").decisions.front();
  CHECK(given.deed == Deed{"bob@example.com", noon() + 2min});
  CHECK(given.approves);
  CHECK(given.plan == digest("plan"));
  CHECK(attempt(state, 1, "production").stage == Attempt::Stage::open);
  CHECK_FALSE(attempt(state, 1, "production").requested);
  CHECK(state.environments.empty());
}

TEST_CASE("an approval is for the next attempt and no other") {
  CHECK(refusal({cut(1)}, approved(1, "production", 2)) ==
        "the next attempt to deploy shop/1 to production is number 1");
  CHECK(refusal({cut(1), began(1, "production", 1), ended(1, "production", 1, Ended::failed)},
                approved(1, "production", 1)) ==
        "the next attempt to deploy shop/1 to production is number 2");
  CHECK(refusal({cut(1), began(1, "production", 1)}, approved(1, "production")) ==
        "shop/1 is being deployed to production");
  CHECK(refusal({}, approved(1, "production")) == "there is no shop/1");
}

TEST_CASE("what one person says last counts") {
  auto second_thought = approved(1, "production");
  second_thought.comment = "checked again";
  const auto state = told({cut(1), by("bob", approved(1, "production")),
                           by("carol", approved(1, "production")), by("bob", second_thought)});
  const auto& decisions = attempt(state, 1, "production").decisions;
  REQUIRE(decisions.size() == 2);
  CHECK(decisions[0].deed.by == "carol@example.com");
  CHECK(decisions[1].comment == "checked again");
}

TEST_CASE("a no before the start closes the attempt") {
  const std::vector<Line> lines{cut(1), asked(1, "production"),
                                by("bob", approved(1, "production")),
                                by("carol", rejected(1, "production"))};
  const auto state = told(lines);
  CHECK(attempt(state, 1, "production").stage == Attempt::Stage::rejected);
  CHECK(attempt(state, 1, "production").finished->by == "carol@example.com");
  CHECK_FALSE(attempt(state, 1, "production").ended);
  CHECK(state.environment("production").requested.empty());
  CHECK(state.release({1})->next_attempt("production") == 2);
  CHECK(refusal(lines, began(1, "production", 1)) ==
        "the next attempt to deploy shop/1 to production is number 2");
  CHECK(refusal(lines, began(1, "production", 1, 2)).empty());
}

TEST_CASE("a no may be the first word about a deployment") {
  const auto state = told({cut(1), rejected(1, "production")});
  CHECK(attempt(state, 1, "production").stage == Attempt::Stage::rejected);
  CHECK_FALSE(attempt(state, 1, "production").decisions.front().approves);
}

TEST_CASE("afterwards one decides on what finished last") {
  const std::vector<Line> lines{cut(1), began(1, "production", 1), ended(1, "production", 1)};
  CHECK(refusal({cut(1), began(1, "production", 1)}, approved_after(1, "production")) ==
        "attempt 1 is not the newest to finish in production");
  CHECK(refusal(lines, approved_after(1, "production", 2)) ==
        "attempt 2 is not the newest to finish in production");
  CHECK(refusal(lines, approved_after(1, "dev")) == "attempt 1 is not the newest to finish in dev");

  Story story;
  for (const auto& line : lines) story.tell(line);
  CHECK(story.tell(asked(1, "production", 2)).effective);
  CHECK(story.tell(by("bob", approved_after(1, "production"))).effective);
  const auto& attempts = story.state().release({1})->attempts.at("production");
  REQUIRE(attempts.size() == 2);
  CHECK(attempts[0].decisions.front().moment == Moment::after);
  CHECK(attempts[1].decisions.empty());
}

TEST_CASE("a no afterwards ends the stay, and what was live before is live again") {
  const std::vector<Line> lines{cut(1),
                                cut(2),
                                began(1, "production", 1),
                                ended(1, "production", 1),
                                began(2, "production", 2),
                                ended(2, "production", 2),
                                by("bob", rejected_after(2, "production"))};
  const auto state = told(lines);
  CHECK(attempt(state, 2, "production").stage == Attempt::Stage::rejected);
  CHECK(attempt(state, 2, "production").ended == Ended::succeeded);
  CHECK(state.environment("production").live()->release == ReleaseNumber{1});
  CHECK(refusal(lines, by("bob", approved_after(2, "production"))) ==
        "attempt 1 is not the newest to finish in production");
}

TEST_CASE("a no afterwards also ends a stay that another release has followed") {
  const auto state = told({cut(1), cut(2), began(1, "dev", 1), ended(1, "dev", 1),
                           began(2, "dev", 2), ended(2, "dev", 2), rejected_after(1, "dev")});
  REQUIRE(state.environment("dev").stays.size() == 1);
  CHECK(state.environment("dev").live()->release == ReleaseNumber{2});
}
