// SPDX-License-Identifier: MIT
// Where a rollback goes: by what happened, never by what lies on a disk.
#include <doctest/doctest.h>

#include "core/policy/rollback.hpp"
#include "tests/policy/shop.hpp"

using namespace davit;
using namespace davit::story;

namespace {

// A release that went well.
std::vector<Line> well(int release, int fence) {
  return {cut(release), began(release, "dev", fence), ended(release, "dev", fence)};
}

State story_of(const std::vector<std::vector<Line>>& chapters) {
  std::vector<Line> lines;
  for (const auto& chapter : chapters) lines.insert(lines.end(), chapter.begin(), chapter.end());
  return told(lines);
}

int back_to(const State& state) {
  const auto back = rollback(state, "dev");
  return back ? back->to.release.value : 0;
}

}  // namespace

TEST_CASE("back from what is live to the one before") {
  const auto state = story_of({well(1, 1), well(2, 2)});
  CHECK(back_to(state) == 1);
  CHECK(rollback(state, "dev")->from == ReleaseNumber{2});
}

TEST_CASE("after a failure, back to what is live by the ledger, and not one too far") {
  const auto state = story_of(
      {well(1, 1), well(2, 2), {cut(3), began(3, "dev", 3), ended(3, "dev", 3, Ended::failed)}});
  CHECK(back_to(state) == 2);
  CHECK(rollback(state, "dev")->from == ReleaseNumber{3});
}

TEST_CASE("an unfinished deployment counts as put there") {
  const auto state = story_of({well(1, 1), {cut(2), began(2, "dev", 2), paused(2, "dev", 2)}});
  CHECK(back_to(state) == 1);
}

TEST_CASE("never to a bad or abandoned one") {
  const auto state =
      story_of({well(1, 1), well(2, 2), well(3, 3), {ReleaseMarked{{2}, true, "leaks"}}});
  CHECK(back_to(state) == 1);
}

TEST_CASE("a second rollback goes on backwards, and never forth to what was just left") {
  auto again = began(2, "dev", 4, 2);
  again.cause = Cause::rollback;
  const auto state =
      story_of({well(1, 1),
                well(2, 2),
                well(3, 3),
                {asked(2, "dev", 2), again, ended(2, "dev", 4, Ended::succeeded, 2)}});
  CHECK(back_to(state) == 1);
}

TEST_CASE("nothing to go back to is said") {
  CHECK_FALSE(rollback(told({cut(1)}), "dev").has_value());
  CHECK_FALSE(rollback(story_of({well(1, 1)}), "dev").has_value());
}

TEST_CASE("steps that can't be undone since are named") {
  auto end = ended(2, "dev", 2);
  end.steps = {{.step = "Migrate", .reversible = false}, {.step = "Switch"}};
  const auto state = story_of({well(1, 1), {cut(2), began(2, "dev", 2), end}});
  CHECK(rollback(state, "dev")->irreversible == std::vector<std::string>{"2: Migrate"});
}
