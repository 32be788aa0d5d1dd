// SPDX-License-Identifier: MIT
// Deployments to some of the targets: who is meant, what the ledger says of it, what is whole.
#include <doctest/doctest.h>

#include "core/policy/whole.hpp"
#include "tests/policy/shop.hpp"

using namespace davit;
using namespace davit::story;

namespace {

const Narrowing kOnly{{"web1"}, {}};

DeploymentRequested asked_on(const Narrowing& narrowing, int release) {
  auto request = asked(release, "dev");
  request.narrowing = narrowing;
  return request;
}

DeploymentStarted began_on(const Narrowing& narrowing, int release, int fence, int attempt = 1) {
  auto started = began(release, "dev", fence, attempt);
  started.narrowing = narrowing;
  started.targets = narrowing.empty() ? 0 : 1;
  started.of = narrowing.empty() ? 0 : 3;
  return started;
}

Wanted wanted_in_dev(const State& state, int release) {
  const auto rules = shop();
  return wanted(rules, state, *state.release({release}), *rules.definition.environment("dev"));
}

// dev on web1 and web2, then a phase on db1.
struct Places {
  Definition definition;
  Team team;
  Release release{.number = {1}};
  Places() {
    team.targets = {{.name = "web", .hosts = {"web1", "web2"}}, {.name = "db", .hosts = {"db1"}}};
    definition.name = "shop";
    Environment dev{.name = "dev"};
    const Step there{.name = "There", .action = RunAction{"true"}};
    Step here = there;
    here.on = "local";
    dev.phases.push_back({.name = "web", .targets = {.names = {"web"}}, .steps = {there}});
    dev.phases.push_back({.name = "db", .targets = {.names = {"db"}}, .steps = {there, here}});
    dev.phases.push_back({.name = "end", .local = true, .steps = {there}});
    definition.environments = {dev};
  }
  Result<Plan> plan(const Narrowing& narrowing) const {
    return work_out({.pinned = definition,
                     .current = definition,
                     .team = team,
                     .release = release,
                     .environment = "dev",
                     .narrowing = narrowing});
  }
};

std::vector<std::pair<int, std::vector<std::string>>> rounds(const Plan& plan) {
  std::vector<std::pair<int, std::vector<std::string>>> out;
  for (const auto& round : plan.rounds) out.emplace_back(round.step, round.targets);
  return out;
}

}  // namespace

TEST_CASE("what was asked for on some targets is wanted on those, also when it goes on") {
  CHECK(wanted_in_dev(told({cut(1)}), 1).narrowing.empty());
  const auto asked_state = told({cut(1), asked_on(kOnly, 1)});
  CHECK(wanted_in_dev(asked_state, 1).narrowing == kOnly);
  const auto running = told({cut(1), asked_on(kOnly, 1), began_on(kOnly, 1, 1)});
  CHECK(wanted_in_dev(running, 1).narrowing == kOnly);
  CHECK(running.release({1})->attempt("dev")->of == 3);
  const auto over = told({cut(1), began_on(kOnly, 1, 1), ended(1, "dev", 1, Ended::partial)});
  CHECK(wanted_in_dev(over, 1).narrowing.empty());
}

TEST_CASE("what is live in part may be deployed by hand, and not by itself") {
  const auto state = told({cut(1), began_on(kOnly, 1, 1), ended(1, "dev", 1, Ended::partial)});
  const Wanted manual{{1}, Cause::manual, false, "alice@example.com"};
  CHECK(asked_about(shop(), state, 1, "dev", noon() + 1h, manual).allowed());
  CHECK(only_obstacle(asked_about(shop(), state, 1, "dev", noon() + 1h)).rule == Rule::finished);
  CHECK(only_obstacle(asked_about(shop(), state, 1, "staging", noon() + 1h)).rule == Rule::needs);
}

TEST_CASE("the ledger says which targets were meant") {
  const auto said = [](const Fact& fact) {
    return sentence("shop", {{std::string(32, '7')}, "", noon(), "bob@example.com", "", fact});
  };
  CHECK(said(asked_on({{"web1"}, {"role=db"}}, 2)) ==
        "asked to deploy shop/2 to dev, limited to web1 without role=db: \"wanted\"");
  CHECK(said(began_on(kOnly, 2, 4)) ==
        "started shop/2 → dev, limited to web1 (1 of 3 targets), lease 4, plan " +
            digest("plan").abbreviated() + "…");
}

TEST_CASE("what is live everywhere stays whole where nothing else came to the other targets") {
  const std::vector<Line> good{cut(1), cut(2), began(1, "dev", 1), ended(1, "dev", 1)};
  auto after = [&](std::vector<Line> more) {
    more.insert(more.begin(), good.begin(), good.end());
    return told(more);
  };
  const auto again = deployment(1, "dev", 2);
  CHECK(stays_whole(after({began_on(kOnly, 1, 2, 2)}), again, kOnly));
  CHECK_FALSE(stays_whole(after({began_on(kOnly, 2, 2)}), deployment(2, "dev"), kOnly));
  CHECK(stays_whole(
      after({began_on(kOnly, 2, 2), ended(2, "dev", 2, Ended::failed), began_on(kOnly, 1, 3, 2)}),
      again, kOnly));
  CHECK_FALSE(stays_whole(
      after({began(2, "dev", 2), ended(2, "dev", 2, Ended::failed), began_on(kOnly, 1, 3, 2)}),
      again, kOnly));
  CHECK_FALSE(stays_whole(
      after({began_on(kOnly, 2, 2), ended(2, "dev", 2, Ended::partial), began_on(kOnly, 1, 3, 2)}),
      again, kOnly));
}

TEST_CASE("what came to one target after the other is on all of them") {
  // Release 1 on each of these, one at a time; the last goes as it is said.
  const auto brought = [](std::vector<std::string> targets, StepRecord::Status last) {
    std::vector<Line> lines{cut(1)};
    int fence = 0;
    for (const auto& target : targets) {
      ++fence;
      lines.push_back(began_on({{target}, {}}, 1, fence, fence));
      auto end = ended(1, "dev", fence, Ended::partial, fence);
      end.steps = {{.step = "There", .target = target, .tries = 1}};
      end.steps.front().status = target == targets.back() ? last : StepRecord::Status::succeeded;
      lines.push_back(end);
    }
    return told(lines);
  };
  using Status = StepRecord::Status;
  const auto last = deployment(1, "dev", 3);
  CHECK(others_have_it(brought({"web1", "web2"}, Status::succeeded), last, {"web1", "web2"}));
  CHECK_FALSE(others_have_it(brought({"web1"}, Status::succeeded), last, {"web1", "web2"}));
  CHECK_FALSE(others_have_it(brought({"web1", "web2"}, Status::failed), last, {"web1", "web2"}));
  CHECK_FALSE(others_have_it(brought({"web1", "web2"}, Status::succeeded), deployment(2, "dev"),
                             {"web1", "web2"}));
}

TEST_CASE("a narrowed plan touches nobody else, and says of how many it is") {
  const Places places;
  const auto plan = places.plan({{"web"}, {"web1"}});
  REQUIRE(plan.has_value());
  CHECK(plan->targets == std::vector<std::string>{"web2"});
  CHECK(plan->left_out == std::vector<std::string>{"web1", "db1"});
  // The phase whose targets are all left out is not done at all; what is local on its own is.
  CHECK(rounds(*plan) == decltype(rounds(*plan)){{0, {"web2"}}, {3, {kLocal}}});
  CHECK(to_json(*plan)["narrowing"].dump() == R"({"limit":["web"],"exclude":["web1"]})");
  const auto whole = places.plan({});
  REQUIRE(whole.has_value());
  CHECK(digest(*whole) == digest(*plan));
  CHECK(rounds(*whole).size() == 4);
  CHECK(to_json(*whole)["narrowing"].dump() == "null");
  CHECK(places.plan({{"db"}, {"db1"}}).error().message == "no host is left");
  CHECK(places.plan({{"wep1"}, {}}).error().hint == "did you mean 'web1'?");
}
