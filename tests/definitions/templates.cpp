// SPDX-License-Identifier: MIT
#include "definitions/templates.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "definitions/project.hpp"
#include "definitions/reader.hpp"

using namespace davit;

namespace {

std::string told(const std::vector<Mistake>& mistakes) {
  std::string out;
  for (const auto& one : mistakes)
    out += fmt::format("{}: {} ({})\n", text(one.place), one.message, one.hint);
  return out;
}

// What `davit check` says right after `davit init` and `davit new`.
std::string checked(const Template& one, const std::string& name, const std::string& person) {
  auto team = read_team(starter_team(person), ".davit/team.toml");
  const auto approvers = usual_approvers(team.value, person);
  auto made = read_definition(*fill(one.name, name, approvers), name, name + ".toml");
  Project project{std::move(team.value), {std::move(made.value)}, std::move(team.mistakes)};
  project.mistakes.insert(project.mistakes.end(), made.mistakes.begin(), made.mistakes.end());
  return told(check(project));
}

}  // namespace

TEST_CASE("templates: each passes the check as it is written") {
  for (const auto& one : templates())
    for (const char* name : {"web", "0", "a.b-c_d"})
      for (const char* person :
           {"alice@example.com", "", "o'neil+x@example.com", "\"q\"@example.com"}) {
        CAPTURE(one.name);
        CAPTURE(person);
        CHECK(checked(one, name, person) == "");
      }
}

TEST_CASE("templates: nothing of the blanks is left") {
  for (const auto& one : templates()) {
    const auto made = *fill(one.name, "web", "group:release-managers");
    for (const char* blank : {"{NAME}", "{APPROVERS}", "{PERSON}"})
      CHECK(made.find(blank) == std::string::npos);
  }
  CHECK(starter_team("alice@example.com").find("{") == std::string::npos);
}

TEST_CASE("templates: use only what runs on one machine") {
  for (const auto& one : templates()) {
    const auto made = read_definition(*fill(one.name, "web", "a@example.com"), "web", "web.toml");
    for (const auto& environment : made.value.environments) {
      CHECK(environment.targets.empty());
      CHECK(!environment.phases.empty());
      for (const auto& check : environment.before)
        CHECK(std::holds_alternative<Approval>(check.rule));
      for (const auto& phase : environment.phases)
        for (const auto& step : phase.steps)
          CHECK(!std::holds_alternative<TaskAction>(step.action));
    }
  }
}

TEST_CASE("templates: approvals are asked of the release managers where there are any") {
  Team team;
  CHECK(usual_approvers(team, "alice@example.com") == "alice@example.com");
  CHECK(usual_approvers(team, "") == "you@example.com");
  team.groups = {{"release-managers", {}, {}}};
  CHECK(usual_approvers(team, "alice@example.com") == "alice@example.com");
  team.groups[0].members = {{"bob@example.com", {}}};
  CHECK(usual_approvers(team, "alice@example.com") == "group:release-managers");
}

TEST_CASE("templates: an unknown one, and a name that can be none") {
  const auto unknown = fill("servce", "web", "a@example.com");
  REQUIRE(!unknown.has_value());
  CHECK(unknown.error().message == "there is no template 'servce'");
  CHECK(unknown.error().hint == "did you mean 'service'?");
  CHECK(fill("helm", "web", "").error().hint ==
        "templates: script, static-site, service, three-environments");
  CHECK(fill("script", "Web/x", "").error().failure == Failure::misused);
}
