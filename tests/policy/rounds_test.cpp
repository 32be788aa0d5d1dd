// SPDX-License-Identifier: MIT
// Which targets do what, in what order, when some of them are left alone.
#include <doctest/doctest.h>

#include "core/plan/plan.hpp"

using namespace davit;

namespace {

using Words = std::vector<std::string>;

Definition rolled_out() {
  Step migrate{.name = "Migrate", .once = true}, run{.name = "Run"}, tell{.name = "Tell"};
  for (auto* step : {&migrate, &run, &tell}) step->action = RunAction{"true"};
  tell.on = kLocal;
  Environment dev{.name = "dev"};
  dev.targets.names = {"web"};
  dev.rollout = Rollout{.batches = {{1, false}, {2, false}}, .pause = Duration(1000)};
  dev.phases = {Phase{.steps = {migrate, run, tell}}};
  Definition out{.name = "shop"};
  out.environments = {dev};
  return out;
}

// "Run web2,web1": the rounds, one behind the other.
Words rounds_of(Cause cause, std::optional<Words> only, std::vector<Round>* whole = nullptr) {
  const auto shop = rolled_out();
  Team team;
  team.targets = {{.name = "web", .hosts = {"web1", "web2", "web3", "web4"}}};
  const Release release{.number = {7}};
  const auto plan =
      work_out({shop, shop, team, release, "dev", cause, 1, std::nullopt, {}, std::move(only)});
  REQUIRE(plan.has_value());
  Words out;
  for (const auto& round : plan->rounds) {
    auto line = plan->steps[static_cast<std::size_t>(round.step)].step.name;
    for (const auto& target : round.targets) line += " " + target;
    out.push_back(line);
  }
  if (whole) *whole = plan->rounds;
  return out;
}

}  // namespace

TEST_CASE("a deployment goes through its batches, and what is done here frames them") {
  CHECK(rounds_of(Cause::manual, {}) ==
        Words{"Migrate web1", "Run web1", "Run web2 web3", "Run web4", "Tell local"});
}

TEST_CASE("a rollback of some goes the way back, and what is done once is done where it begins") {
  std::vector<Round> whole;
  CHECK(rounds_of(Cause::rollback, Words{"web1", "web2", "web3"}, &whole) ==
        Words{"Migrate web3", "Run web3 web2", "Run web1", "Tell local"});
  for (const auto& round : whole) {
    CHECK(round.pause == Duration{0});
    CHECK(round.failures == 3);
  }
}

TEST_CASE("a rollback of none does what is done here, and touches no target") {
  CHECK(rounds_of(Cause::rollback, Words{}) == Words{"Tell local"});
}

TEST_CASE("targets that are no more are passed over") {
  CHECK(rounds_of(Cause::rollback, Words{"web9", "web4"}) ==
        Words{"Migrate web4", "Run web4", "Tell local"});
}

TEST_CASE("a rollback of all of them goes as any deployment") {
  CHECK(rounds_of(Cause::rollback, {}) == rounds_of(Cause::manual, {}));
}
