// SPDX-License-Identifier: MIT
// What may be deployed where, and every reason why not.
#include <doctest/doctest.h>

#include "tests/policy/shop.hpp"

using namespace davit;
using namespace davit::story;

namespace {

const auto later_on = noon() + 48h;

// Release 1 has been in dev and staging.
std::vector<Line> through_staging(int release = 1, int fence = 1) {
  return {cut(release), began(release, "dev", fence), ended(release, "dev", fence),
          began(release, "staging", fence), ended(release, "staging", fence)};
}

State and_then(std::vector<Line> lines, const std::vector<Line>& more) {
  lines.insert(lines.end(), more.begin(), more.end());
  return told(lines);
}

Wanted by_hand(int release, const std::string& who = "dora") {
  return {{release}, Cause::manual, false, who + "@example.com"};
}

}  // namespace

TEST_CASE("a new release may go to the environment that takes every release, and nowhere else") {
  const auto rules = shop();
  const auto state = told({cut(1)});
  CHECK(asked_about(rules, state, 1, "dev", later_on).allowed());
  const auto obstacle = only_obstacle(asked_about(rules, state, 1, "staging", later_on));
  CHECK(obstacle.rule == Rule::needs);
  CHECK(obstacle.subject == "dev");
  CHECK(obstacle.clears == Clears::deployment);
}

TEST_CASE("what was good in the needed environment may go on") {
  const auto state = told({cut(1), began(1, "dev", 1), ended(1, "dev", 1)});
  CHECK(asked_about(shop(), state, 1, "staging", later_on).allowed());
}

TEST_CASE("partly good is good only where the environment says so") {
  auto rules = shop();
  const auto state = told({cut(1), began(1, "dev", 1), ended(1, "dev", 1, Ended::partial)});
  CHECK(only_obstacle(asked_about(rules, state, 1, "staging", later_on)).rule == Rule::needs);
  environment(rules, "staging").partial = true;
  CHECK(asked_about(rules, state, 1, "staging", later_on).allowed());
  CHECK(candidates(rules, state, environment(rules, "staging")).size() == 1);
}

TEST_CASE("a later failure in the needed environment takes the good away") {
  const auto state = told({cut(1), began(1, "dev", 1), ended(1, "dev", 1), asked(1, "dev", 2),
                           began(1, "dev", 2, 2), ended(1, "dev", 2, Ended::failed, 2)});
  CHECK(only_obstacle(asked_about(shop(), state, 1, "staging", later_on)).rule == Rule::needs);
}

TEST_CASE("out of order by hand is possible, and is said") {
  const auto state = told({cut(1)});
  auto out_of_order = by_hand(1);
  CHECK_FALSE(asked_about(shop(), state, 1, "production", later_on, out_of_order).allowed());
  out_of_order.skip_needs = true;
  const auto verdict = asked_about(shop(), state, 1, "production", later_on, out_of_order);
  CHECK(verdict.allowed());
  CHECK(verdict.findings.front().detail == "skipped");
}

TEST_CASE("a draft, an abandoned and a bad release go nowhere") {
  const auto rules = shop();
  CHECK(only_obstacle(asked_about(rules, told({drafted(1)}), 1, "dev", later_on)).rule ==
        Rule::release_active);
  const auto abandoned = told({cut(1), ReleaseAbandoned{{1}, "no"}});
  CHECK(only_obstacle(asked_about(rules, abandoned, 1, "dev", later_on)).rule ==
        Rule::release_active);
  const auto bad =
      asked_about(rules, told({cut(1), ReleaseMarked{{1}, true, "leaks"}}), 1, "dev", later_on);
  CHECK(only_obstacle(bad).rule == Rule::release_not_bad);
  CHECK_FALSE(bad.waits());
}

TEST_CASE("an untrusted release goes only where that is said to be fine") {
  auto rules = shop();
  auto untrusted = cut(1);
  untrusted.untrusted = true;
  const auto state = told({untrusted});
  CHECK(only_obstacle(asked_about(rules, state, 1, "dev", later_on)).rule == Rule::trusted);
  environment(rules, "dev").untrusted = true;
  CHECK(asked_about(rules, state, 1, "dev", later_on).allowed());
}

TEST_CASE("a manual environment waits until somebody asks") {
  auto rules = shop();
  environment(rules, "production").deploy_on = Environment::DeployOn::manual;
  auto state = told(through_staging());
  CHECK(only_obstacle(asked_about(rules, state, 1, "production", later_on)).rule == Rule::wanted);
  CHECK(candidates(rules, state, environment(rules, "production")).empty());
  state = and_then(through_staging(), {asked(1, "production")});
  CHECK(asked_about(rules, state, 1, "production", later_on).allowed());
  CHECK(candidates(rules, state, environment(rules, "production")).size() == 1);
}

TEST_CASE("one deployment at a time: a running one holds the environment") {
  const auto rules = shop();
  const auto state = told({cut(1), began(1, "dev", 1), cut(2)});
  const auto obstacle = only_obstacle(asked_about(rules, state, 2, "dev", later_on));
  CHECK(obstacle.rule == Rule::free);
  CHECK(obstacle.subject == "shop/1");
  const auto stands = told({cut(1), began(1, "dev", 1), paused(1, "dev", 1), cut(2)});
  CHECK(only_obstacle(asked_about(rules, stands, 2, "dev", later_on)).clears == Clears::person);
}

TEST_CASE("by themselves releases go forward only; by hand any may go") {
  const auto rules = shop();
  const auto state = told({cut(1), cut(2), began(2, "dev", 1), ended(2, "dev", 1)});
  CHECK(only_obstacle(asked_about(rules, state, 1, "dev", later_on)).rule == Rule::not_behind);
  CHECK(asked_about(rules, state, 1, "dev", later_on, by_hand(1)).allowed());
}

TEST_CASE("the latest of several goes, or all of them in order") {
  auto rules = shop();
  const auto state = told({cut(1), cut(2), cut(3)});
  const auto& dev = environment(rules, "dev");
  REQUIRE(candidates(rules, state, dev).size() == 1);
  CHECK(candidates(rules, state, dev).front().release == ReleaseNumber{3});
  CHECK(only_obstacle(asked_about(rules, state, 1, "dev", later_on)).detail == "goes instead");

  environment(rules, "dev").queue = Environment::Queue::all;
  REQUIRE(candidates(rules, state, dev).size() == 3);
  CHECK(candidates(rules, state, dev).front().release == ReleaseNumber{1});
  const auto second = only_obstacle(asked_about(rules, state, 2, "dev", later_on));
  CHECK(second.rule == Rule::not_behind);
  CHECK(second.clears == Clears::deployment);
}

TEST_CASE("with a queue of all, one that was rejected does not hold up the others") {
  auto rules = shop();
  environment(rules, "dev").queue = Environment::Queue::all;
  environment(rules, "dev").before = {approval_by({"bob"})};
  const auto state = told({cut(1), cut(2), by("bob", rejected(1, "dev"))});
  const auto waiting = candidates(rules, state, environment(rules, "dev"));
  REQUIRE(waiting.size() == 1);
  CHECK(waiting.front().release == ReleaseNumber{2});
}

TEST_CASE("an automatic deployment that failed is not tried again by itself") {
  const auto state = told({cut(1), began(1, "dev", 1), ended(1, "dev", 1, Ended::failed)});
  CHECK(candidates(shop(), state, *shop().definition.environment("dev")).empty());
  const auto obstacle = only_obstacle(asked_about(shop(), state, 1, "dev", later_on));
  CHECK(obstacle.rule == Rule::finished);
  CHECK(obstacle.remedy == "retry shop/1 dev");
  const auto well = told({cut(1), began(1, "dev", 1), ended(1, "dev", 1)});
  const auto live = only_obstacle(asked_about(shop(), well, 1, "dev", later_on));
  CHECK(live.detail == "live");
  CHECK(live.remedy == "redeploy shop/1 dev");
}

TEST_CASE("what is live is not deployed again by hand, unless something else was put there") {
  std::vector<Line> lines{cut(1), began(1, "dev", 1), ended(1, "dev", 1)};
  const auto obstacle =
      only_obstacle(asked_about(shop(), told(lines), 1, "dev", later_on, by_hand(1)));
  CHECK(obstacle.rule == Rule::finished);
  CHECK(obstacle.detail == "live");
  CHECK(obstacle.remedy == "redeploy shop/1 dev");
  const Wanted once_more{{1}, Cause::redeploy, false, "dora@example.com"};
  CHECK(asked_about(shop(), told(lines), 1, "dev", later_on, once_more).allowed());
  const auto fallen =
      and_then(lines, {cut(2), began(2, "dev", 2), ended(2, "dev", 2, Ended::failed)});
  CHECK(asked_about(shop(), fallen, 1, "dev", later_on, by_hand(1)).allowed());
}

TEST_CASE("a lock stops everything until it is taken back or its time is over") {
  const auto rules = shop();
  EnvironmentLocked lock{"dev", "incident", noon() + 72h};
  const auto state = told({cut(1), by("bob", lock)});
  const auto obstacle = only_obstacle(asked_about(rules, state, 1, "dev", later_on));
  CHECK(obstacle.rule == Rule::lock);
  CHECK(obstacle.clears == Clears::time);
  CHECK(obstacle.people == std::vector<std::string>{"bob@example.com"});
  CHECK(asked_about(rules, state, 1, "dev", noon() + 72h).allowed());
  const auto unlocked = told({cut(1), lock, EnvironmentUnlocked{"dev", ""}});
  CHECK(asked_about(rules, unlocked, 1, "dev", later_on).allowed());
}

TEST_CASE("every obstacle is named at once") {
  auto rules = shop();
  environment(rules, "production").before = {approval_by({"bob"}), approval_by({"carol"}, 1)};
  const auto state = told({cut(1), ReleaseMarked{{1}, true, "leaks"},
                           EnvironmentLocked{"production", "incident", std::nullopt}});
  CHECK(asked_about(rules, state, 1, "production", later_on).obstacles().size() == 5);
}

TEST_CASE("what davit can't do yet is refused, not ignored") {
  const auto rules = shop();
  const auto state = told({cut(1)});
  const auto* release = state.release({1});
  const auto verdict = may_deploy({rules,
                                   state,
                                   *release,
                                   *rules.definition.environment("dev"),
                                   {},
                                   {{"windows", {"shop.toml", 3, 1, ""}}},
                                   {.release = {1}},
                                   later_on});
  CHECK(only_obstacle(verdict).rule == Rule::supported);
  CHECK_FALSE(verdict.waits());
}
