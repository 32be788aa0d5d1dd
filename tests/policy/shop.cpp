// SPDX-License-Identifier: MIT
#include "tests/policy/shop.hpp"

#include <doctest/doctest.h>

namespace davit::story {

Rules shop() {
  Rules rules;
  rules.commit = "c0ffee";
  rules.definition.name = "shop";
  for (const char* name : {"dev", "staging", "production"}) {
    Environment one;
    one.name = name;
    one.deploy_on = Environment::DeployOn::success;
    Step step{.name = "Go", .action = RunAction{"true"}};
    one.phases.push_back({.steps = {step}});
    rules.definition.environments.push_back(one);
  }
  environment(rules, "dev").deploy_on = Environment::DeployOn::release;
  environment(rules, "staging").needs = {{"dev", {}}};
  environment(rules, "production").needs = {{"staging", {}}};
  return rules;
}

Environment& environment(Rules& rules, const std::string& name) {
  for (auto& one : rules.definition.environments)
    if (one.name == name) return one;
  FAIL("no environment " << name);
  return rules.definition.environments.front();
}

Check approval_by(const std::vector<std::string>& people, int count) {
  Approval rule{.count = count};
  for (const auto& person : people) rule.from.push_back({person + "@example.com", {}});
  return {rule, {}};
}

Approval& rule(Check& check) { return std::get<Approval>(check.rule); }

Verdict asked_about(const Rules& rules, const State& state, int release,
                    const std::string& environment, Instant now, std::optional<Wanted> how) {
  const auto* the_release = state.release({release});
  REQUIRE(the_release != nullptr);
  const auto* there = rules.definition.environment(environment);
  REQUIRE(there != nullptr);
  const auto as = how.value_or(wanted(rules, state, *the_release, *there));
  return may_deploy({rules, state, *the_release, *there, digest("plan"), {}, as, now});
}

Finding only_obstacle(const Verdict& verdict) {
  const auto obstacles = verdict.obstacles();
  CHECK(obstacles.size() == 1);
  return obstacles.empty() ? Finding{} : obstacles.front();
}

}  // namespace davit::story
