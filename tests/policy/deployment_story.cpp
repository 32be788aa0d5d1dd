// SPDX-License-Identifier: MIT
// Deployments: asked for, started, paused, resumed, canceled, finished.
#include <doctest/doctest.h>

#include "tests/policy/story.hpp"

using namespace davit;
using namespace davit::story;

namespace {

const Attempt& attempt(const State& state, int release, const std::string& environment) {
  return *state.release({release})->attempt(environment);
}

}  // namespace

TEST_CASE("a request opens the next attempt and waits in the environment") {
  const auto state = told({cut(1), asked(1, "dev"), by("bob", cut(2)), by("bob", asked(2, "dev"))});
  CHECK(state.environment("dev").requested ==
        std::vector<DeploymentId>{deployment(1, "dev"), deployment(2, "dev")});
  CHECK(attempt(state, 2, "dev").requested->by == "bob@example.com");
  CHECK(attempt(state, 2, "dev").cause == Cause::manual);
  CHECK(state.release({1})->next_attempt("dev") == 1);
  CHECK(state.release({1})->next_attempt("production") == 1);
}

TEST_CASE("a request that is out of turn changes nothing") {
  CHECK(refusal({}, asked(1, "dev")) == "there is no shop/1");
  CHECK(refusal({drafted(1)}, asked(1, "dev")) == "shop/1 is a draft");
  CHECK(refusal({cut(1)}, asked(1, "dev", 2)) ==
        "the next attempt to deploy shop/1 to dev is number 1");
  CHECK(refusal({cut(1), asked(1, "dev")}, by("bob", asked(1, "dev"))) ==
        "alice@example.com has asked for it already");
  CHECK(refusal({cut(1), began(1, "dev", 1)}, asked(1, "dev", 2)) ==
        "shop/1 is being deployed to dev");
}

TEST_CASE("a request on an attempt that an approval opened is the first request") {
  const auto state = told({cut(1), by("bob", approved(1, "dev")), asked(1, "dev")});
  CHECK(attempt(state, 1, "dev").requested->by == "alice@example.com");
  CHECK(attempt(state, 1, "dev").decisions.size() == 1);
  CHECK(state.environment("dev").requested.size() == 1);
}

TEST_CASE("requests do not pile up without end") {
  std::vector<Line> lines;
  for (int release = 1; release <= 64; ++release) {
    lines.emplace_back(cut(release));
    lines.emplace_back(asked(release, "dev"));
  }
  lines.emplace_back(cut(65));
  CHECK(refusal(lines, asked(65, "dev")) == "64 deployments wait for dev already");
}

TEST_CASE("a deployment holds its environment from start to finish") {
  auto lines = std::vector<Line>{cut(1), cut(2), asked(2, "dev"), by("runner", began(2, "dev", 1))};
  auto state = told(lines);
  CHECK(state.environment("dev").current == deployment(2, "dev"));
  CHECK(state.environment("dev").fence == 1);
  CHECK(state.environment("dev").highest == ReleaseNumber{2});
  CHECK(state.environment("dev").requested.empty());
  CHECK(attempt(state, 2, "dev").stage == Attempt::Stage::running);
  CHECK(attempt(state, 2, "dev").started == Deed{"runner@example.com", noon() + 4min});
  CHECK(attempt(state, 2, "dev").lease.fence == 1);
  CHECK(refusal(lines, began(1, "dev", 2)) == "dev is held by shop/2");

  lines.emplace_back(ended(2, "dev", 1));
  state = told(lines);
  CHECK_FALSE(state.environment("dev").current);
  CHECK(state.environment("dev").last == deployment(2, "dev"));
  CHECK(state.environment("dev").last_ended == Ended::succeeded);
  CHECK(*state.environment("dev").live() == Stay{{2}, 1, noon() + 5min, false});
  CHECK(attempt(state, 2, "dev").stage == Attempt::Stage::finished);
  CHECK(attempt(state, 2, "dev").lease == Lease{});
  CHECK(state.release({2})->next_attempt("dev") == 2);
}

TEST_CASE("the fencing number of a start is the next one") {
  CHECK(refusal({cut(1)}, began(1, "dev", 2)) == "the next lease of dev is 1");
  CHECK(refusal({cut(1), began(1, "dev", 1), ended(1, "dev", 1)}, began(1, "dev", 1, 2)) ==
        "the next lease of dev is 2");
}

TEST_CASE("going back is a stay of its own, and the highest release remains") {
  const auto state = told({cut(1), cut(2), began(1, "dev", 1), ended(1, "dev", 1),
                           began(2, "dev", 2), ended(2, "dev", 2, Ended::partial),
                           began(1, "dev", 3, 2), ended(1, "dev", 3, Ended::succeeded, 2)});
  const auto& dev = state.environment("dev");
  REQUIRE(dev.stays.size() == 3);
  CHECK(dev.stays[0].release == ReleaseNumber{1});
  CHECK(dev.stays[0].attempt == 2);
  CHECK(dev.stays[1].partial);
  CHECK(dev.highest == ReleaseNumber{2});
}

TEST_CASE("what failed is the last, and what was live stays") {
  const auto state = told({cut(1), cut(2), began(1, "dev", 1), ended(1, "dev", 1),
                           began(2, "dev", 2), ended(2, "dev", 2, Ended::failed)});
  CHECK(state.environment("dev").live()->release == ReleaseNumber{1});
  CHECK(state.environment("dev").last == deployment(2, "dev"));
  CHECK(state.environment("dev").last_ended == Ended::failed);
}

TEST_CASE("only the holder of the newest lease is believed") {
  const std::vector<Line> taken_over{cut(1), began(1, "dev", 1), resumed(1, "dev", 2)};
  const std::string why = "lease 1 has been followed by 2";
  CHECK(refusal(taken_over, ended(1, "dev", 1)) == why);
  CHECK(refusal(taken_over, paused(1, "dev", 1)) == why);
  CHECK(refusal(taken_over, LeaseExtended{deployment(1, "dev"), 1, noon() + 48h}) == why);
  CHECK(refusal(taken_over, ended(1, "dev", 2)).empty());
  CHECK(refusal(taken_over, resumed(1, "dev", 2)) == "the next lease of dev is 3");
  CHECK(refusal({cut(1)}, ended(1, "dev", 1)) == "shop/1 is not being deployed to dev (attempt 1)");
  CHECK(refusal(taken_over, ended(1, "dev", 2, Ended::failed, 2)) ==
        "shop/1 is not being deployed to dev (attempt 2)");
}

TEST_CASE("a lease only grows") {
  const std::vector<Line> running{cut(1), began(1, "dev", 1)};
  const LeaseExtended longer{deployment(1, "dev"), 1, noon() + 48h};
  CHECK(refusal(running, longer).empty());
  CHECK(refusal({cut(1), began(1, "dev", 1), longer},
                LeaseExtended{deployment(1, "dev"), 1, noon() + 30h}) ==
        "the lease lasts as long already");
}

TEST_CASE("a paused deployment keeps its environment until it is resumed") {
  std::vector<Line> lines{cut(1), began(1, "dev", 1), paused(1, "dev", 1)};
  auto state = told(lines);
  CHECK(state.environment("dev").current == deployment(1, "dev"));
  CHECK(attempt(state, 1, "dev").stage == Attempt::Stage::paused);
  CHECK(attempt(state, 1, "dev").paused->step == "Switch");
  CHECK(refusal(lines, ended(1, "dev", 1)) == "the deployment is paused");
  CHECK(refusal(lines, resumed(1, "dev", 1)) == "the next lease of dev is 2");

  lines.emplace_back(resumed(1, "dev", 2));
  state = told(lines);
  CHECK(attempt(state, 1, "dev").stage == Attempt::Stage::running);
  CHECK_FALSE(attempt(state, 1, "dev").paused);
  CHECK(state.environment("dev").fence == 2);
}

TEST_CASE("what has not started is canceled at once") {
  const auto state = told({cut(1), asked(1, "dev"), by("bob", canceled(1, "dev"))});
  CHECK(attempt(state, 1, "dev").stage == Attempt::Stage::canceled);
  CHECK(attempt(state, 1, "dev").finished->by == "bob@example.com");
  CHECK(attempt(state, 1, "dev").message == "not today");
  CHECK_FALSE(attempt(state, 1, "dev").ended);
  CHECK(state.environment("dev").requested.empty());
  CHECK(state.release({1})->next_attempt("dev") == 2);
}

TEST_CASE("what is paused is canceled at once, and lets go of its environment") {
  const auto state = told({cut(1), began(1, "dev", 1), paused(1, "dev", 1), canceled(1, "dev")});
  CHECK(attempt(state, 1, "dev").stage == Attempt::Stage::canceled);
  CHECK(attempt(state, 1, "dev").ended == Ended::canceled);
  CHECK_FALSE(state.environment("dev").current);
  CHECK(state.environment("dev").last_ended == Ended::canceled);
}

TEST_CASE("what runs is asked to stop, and its runner says how it ended") {
  const std::vector<Line> lines{cut(1), began(1, "dev", 1), by("bob", canceled(1, "dev"))};
  const auto state = told(lines);
  CHECK(attempt(state, 1, "dev").stage == Attempt::Stage::running);
  CHECK(attempt(state, 1, "dev").cancel_asked->by == "bob@example.com");
  CHECK(refusal(lines, canceled(1, "dev")) == "bob@example.com has asked for that already");
  CHECK(refusal(lines, ended(1, "dev", 1, Ended::canceled)).empty());
  CHECK(refusal({cut(1), began(1, "dev", 1), canceled(1, "dev"), paused(1, "dev", 1)},
                canceled(1, "dev"))
            .empty());
}

TEST_CASE("what has ended is not canceled") {
  CHECK(refusal({cut(1), began(1, "dev", 1), ended(1, "dev", 1)}, canceled(1, "dev")) ==
        "shop/1 is not being deployed to dev (attempt 1)");
  CHECK(refusal({cut(1)}, canceled(1, "dev")) == "shop/1 is not being deployed to dev (attempt 1)");
}

TEST_CASE("only the newest attempts of a release are kept") {
  Story story;
  story.tell(cut(1));
  for (int number = 1; number <= 40; ++number) {
    REQUIRE(story.tell(began(1, "dev", number, number)).effective);
    REQUIRE(story.tell(ended(1, "dev", number, Ended::failed, number)).effective);
  }
  const auto* release = story.state().release({1});
  CHECK(release->attempts.at("dev").size() == Release::kAttempts);
  CHECK(release->attempt("dev")->number == 40);
  CHECK(release->next_attempt("dev") == 41);
}

TEST_CASE("a lock lasts until it is taken away or its time is over") {
  const EnvironmentLocked lock{"dev", "incident 4711", {}};
  auto state = told({by("bob", lock)});
  CHECK(state.environment("dev").lock ==
        Lock{{"bob@example.com", noon() + 1min}, "incident 4711", {}});
  CHECK(refusal({by("bob", lock)}, lock) == "dev is locked by bob@example.com already");
  CHECK_FALSE(told({lock, EnvironmentUnlocked{"dev", "over"}}).environment("dev").lock);
  CHECK(refusal({}, EnvironmentUnlocked{"dev", ""}) == "dev is not locked");

  const EnvironmentLocked short_lock{"dev", "lunch", noon() + 1h};
  CHECK(refusal({short_lock}, lock) == "dev is locked by alice@example.com already");
  CHECK(refusal({short_lock}, later(2h, lock)).empty());
}
