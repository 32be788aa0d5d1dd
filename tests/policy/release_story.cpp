// SPDX-License-Identifier: MIT
// Releases: cut, started, abandoned, marked. And what may be in a ledger at all.
#include <doctest/doctest.h>

#include "tests/policy/story.hpp"

using namespace davit;
using namespace davit::story;

TEST_CASE("a ledger is opened by its first event and takes its id from it") {
  Story story;
  CHECK(story.state().definition == "shop");
  CHECK(story.state().ledger == sha256(encode(story.events().front())).hex);
  CHECK(story.state().sequence == 1);
  CHECK(refusal({}, LedgerOpened{"other"}) == "the ledger has been opened already");
}

TEST_CASE("nothing holds in a ledger before it is opened") {
  State state;
  const Event event{{std::string(32, '1')}, "", noon(), "alice@example.com", "", cut(1)};
  CHECK(apply(state, event).reason == "the ledger has not been opened");
  CHECK(state.releases.empty());
  const Event opened{{std::string(32, '2')}, "", noon(), "bob@example.com", "", LedgerOpened{"x"}};
  CHECK(apply(state, opened).effective);
  CHECK(state.sequence == 2);
}

TEST_CASE("an event that comes again, or from another ledger, changes nothing") {
  Story story;
  REQUIRE(story.tell(cut(1)).effective);
  REQUIRE(story.tell(EnvironmentLocked{"dev", "incident", {}}).effective);
  const auto lock = story.events().back();
  REQUIRE(story.tell(EnvironmentUnlocked{"dev", ""}).effective);
  CHECK(story.again(lock).reason == "an event with this id is in the ledger already");
  CHECK_FALSE(story.state().environment("dev").lock);
  CHECK(story.state().sequence == 5);

  auto copied = lock;
  copied.id = {std::string(32, 'f')};
  copied.ledger = digest("another ledger").hex;
  CHECK(story.again(copied).reason == "it was made for another ledger");
}

TEST_CASE("a fact of a later davit is counted and changes nothing") {
  CHECK(refusal({cut(1)}, Unknown{"moon-observed", ""}) ==
        "this davit knows no event of the type moon-observed");
}

TEST_CASE("releases are numbered in order") {
  const auto state = told({cut(1), drafted(2), by("bob", cut(3))});
  CHECK(state.last_release == ReleaseNumber{3});
  CHECK(state.open == std::vector<ReleaseNumber>{{3}, {1}});
  CHECK(state.recent_names ==
        std::vector<std::string>{"2026.11.22-3", "2026.11.22-2", "2026.11.22-1"});
  CHECK(state.release({2})->status == Release::Status::draft);
  CHECK(state.release({3})->created == Deed{"bob@example.com", noon() + 3min});
  CHECK(refusal({cut(1)}, cut(1)) == "the next release is shop/2");
  CHECK(refusal({cut(1)}, cut(3)) == "the next release is shop/2");
  CHECK(refusal({}, cut(0)) == "the next release is shop/1");
}

TEST_CASE("only a draft is started") {
  const auto state = told({drafted(1), cut(2), ReleaseStarted{{1}}});
  CHECK(state.release({1})->status == Release::Status::active);
  CHECK(state.open == std::vector<ReleaseNumber>{{2}, {1}});
  CHECK(refusal({cut(1)}, ReleaseStarted{{1}}) == "shop/1 is no draft");
  CHECK(refusal({cut(1)}, ReleaseStarted{{2}}) == "there is no shop/2");
}

TEST_CASE("an abandoned release is out of everything that waits") {
  const auto state = told({cut(1), cut(2), asked(1, "production"), asked(2, "production"),
                           ReleaseAbandoned{{1}, "superseded"}});
  CHECK(state.open == std::vector<ReleaseNumber>{{2}});
  CHECK(state.release({1})->abandoned_because == "superseded");
  CHECK(state.release({1})->attempt("production")->stage == Attempt::Stage::canceled);
  CHECK(state.environment("production").requested ==
        std::vector<DeploymentId>{deployment(2, "production")});
}

TEST_CASE("a release that is being deployed, or is gone, is not abandoned") {
  const ReleaseAbandoned abandon{{1}, ""};
  CHECK(refusal({cut(1), began(1, "dev", 1)}, abandon) == "shop/1 is being deployed to dev");
  CHECK(refusal({cut(1), began(1, "dev", 1), paused(1, "dev", 1)}, abandon) ==
        "shop/1 is being deployed to dev");
  CHECK(refusal({cut(1), abandon}, abandon) == "shop/1 has been abandoned already");
  CHECK(refusal({cut(1), abandon}, asked(1, "dev")) == "shop/1 is abandoned");
  CHECK(refusal({cut(1), abandon}, began(1, "dev", 1)) == "shop/1 is abandoned");
  CHECK(refusal({drafted(1)}, approved(1, "dev")) == "shop/1 is a draft");
}

TEST_CASE("a bad mark takes a release out of the open ones until it is taken back") {
  const ReleaseMarked bad{{1}, true, "loses orders"}, good{{1}, false, ""};
  CHECK(told({cut(1), cut(2), bad}).open == std::vector<ReleaseNumber>{{2}});
  CHECK(told({cut(1), bad}).release({1})->bad == "loses orders");
  CHECK(told({cut(1), cut(2), bad, good}).open == std::vector<ReleaseNumber>{{2}, {1}});
  CHECK(told({drafted(1), bad, ReleaseStarted{{1}}}).open.empty());
  CHECK(refusal({cut(1), bad}, bad) == "shop/1 is marked bad already");
  CHECK(refusal({cut(1)}, good) == "shop/1 is not marked bad");
}

TEST_CASE("the present stays small however long the history") {
  Story story;
  for (int release = 1; release <= 300; ++release) {
    REQUIRE(story.tell(cut(release)).effective);
    REQUIRE(story.tell(began(release, "dev", release)).effective);
    REQUIRE(story.tell(ended(release, "dev", release)).effective);
  }
  const auto& state = story.state();
  CHECK(state.open.size() == State::kOpen);
  CHECK(state.open.front() == ReleaseNumber{300});
  CHECK(state.recent_names.size() == State::kOpen);
  CHECK(state.recent_events.size() == State::kRecentEvents);
  CHECK(state.environment("dev").stays.size() == EnvironmentState::kStays);
  CHECK(state.environment("dev").live()->release == ReleaseNumber{300});
  const auto size = encode(state).size();
  for (int release = 301; release <= 330; ++release) REQUIRE(story.tell(cut(release)).effective);
  CHECK(encode(story.state()).size() <= size + 8);
}
