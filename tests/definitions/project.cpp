// SPDX-License-Identifier: MIT
// Mistakes between the parts of a project: told with what to do about them.
#include "definitions/project.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace davit;

namespace {

constexpr const char* kTeamFile = ".davit/team.toml";
constexpr const char* kWebFile = ".davit/definitions/web.toml";

Place web(int line, int column = 1) { return {.file = kWebFile, .line = line, .column = column}; }
Place team(int line) { return {.file = kTeamFile, .line = line, .column = 1}; }

Environment environment(const char* name, std::vector<Need> needs = {}) {
  Environment made{.name = name, .needs = std::move(needs), .place = web(1)};
  made.deploy_on =
      made.needs.empty() ? Environment::DeployOn::release : Environment::DeployOn::success;
  return made;
}

Definition definition(std::vector<Environment> environments, const char* name = "web") {
  return {.name = name, .environments = std::move(environments), .place = web(1)};
}

Project project(Definition one) {
  Project made;
  made.team.groups = {
      {"developers", {{"*@example.com", {}}}, team(5)},
      {"release-managers", {{"alice@example.com", {}}, {"bob@example.com", {}}}, team(6)}};
  made.team.targets = {{.name = "web-1", .hosts = {"web1"}, .tags = {{"role", "web"}}}};
  made.definitions.push_back(std::move(one));
  return made;
}

// "line:column+length message | hint" of each.
std::vector<std::string> told(const Project& all) {
  std::vector<std::string> out;
  for (const auto& mistake : check(all))
    out.push_back(fmt::format("{}:{}+{} {} | {}", mistake.place.line, mistake.place.column,
                              mistake.length, mistake.message, mistake.hint));
  return out;
}

std::string only(const Project& all) {
  const auto lines = told(all);
  REQUIRE_MESSAGE(lines.size() == 1, fmt::format("{}", fmt::join(lines, "\n")));
  return lines.front();
}

Environment approved_by(Approval approval) {
  auto made = environment("production");
  made.before = {{std::move(approval), web(9, 3)}};
  return made;
}

}  // namespace

TEST_CASE("project: one that is right has no mistakes") {
  auto production = approved_by({.from = {{"group:release-managers", web(9)}}, .count = 2});
  production.needs = {{"dev", web(4)}};
  auto all = project(definition({environment("dev"), production}));
  all.team.permissions = {{"deploy", {{"group:developers", team(9)}}, {}, team(9)}};
  CHECK(told(all).empty());
  CHECK(told(Project{}).empty());
}

TEST_CASE("needs: a circle is named once, from the environment written first") {
  CHECK(only(project(
            definition({environment("dev"), environment("a", {{"dev", web(2)}, {"b", web(3)}}),
                        environment("b", {{"c", web(4)}}), environment("c", {{"a", web(5)}}),
                        environment("after", {{"c", web(6)}})}))) ==
        "3:1+1 needs form a circle: a needs b, b needs c, c needs a | take one of them away");
}

TEST_CASE("needs: a long circle is told by its beginning") {
  std::vector<Environment> ring;
  for (int i = 0; i < 1000; ++i)
    ring.push_back(environment(fmt::format("e{}", i).c_str(),
                               {{fmt::format("e{}", (i + 1) % 1000), web(i + 1)}}));
  const auto line = only(project(definition(std::move(ring))));
  CHECK(line.find("e7 needs e8 and so on, 1000 in all") != std::string::npos);
}

TEST_CASE("approval: an unknown group, with the defined ones and where they are") {
  CHECK(only(project(
            definition({approved_by({.from = {{"group:release-manager", web(44, 25)}}})}))) ==
        "44:25+21 group 'release-manager' is not defined | defined groups: developers, "
        "release-managers (.davit/team.toml:6)");
  auto without = project(definition({approved_by({.from = {{"group:ops", web(4)}}})}));
  without.team.groups.clear();
  CHECK(only(without) ==
        "4:1+9 group 'ops' is not defined | write it under [groups] in .davit/team.toml");
}

TEST_CASE("approval: of many groups the nearest is named") {
  auto all = project(definition({approved_by({.from = {{"group:gruop150", web(4)}}})}));
  for (int i = 100; i < 200; ++i)
    all.team.groups.push_back({fmt::format("group{}", i), {}, team(i)});
  CHECK(only(all) ==
        "4:1+14 group 'gruop150' is not defined | did you mean 'group150'? (.davit/team.toml:150)");
}

TEST_CASE("approval: more yeses than there are people") {
  const Principals twice = {{"group:release-managers", {}}, {"Alice@Example.com", {}}};
  CHECK(only(project(definition({approved_by({.from = twice, .count = 3})}))) ==
        "9:3+8 3 approvals are asked for, but only 2 people can give them | name more people in "
        "from, or write count = 2");
  CHECK(told(project(definition({approved_by({.from = twice, .count = 2})}))).empty());
  CHECK(told(project(definition({approved_by({.from = {{"*@example.com", {}}}, .count = 9})})))
            .empty());
  CHECK(only(project(definition({approved_by({.from = {}})}))).find("nobody can give") !=
        std::string::npos);
}

TEST_CASE("approval: an empty group can give none") {
  auto all = project(definition({approved_by({.from = {{"group:ops", {}}}})}));
  all.team.groups.push_back({"ops", {}, team(8)});
  CHECK(only(all) == "9:3+8 nobody can give this approval | group:ops has no members");
}

TEST_CASE("permissions: unknown groups, and words that have no effect in an environment") {
  auto one = definition({environment("dev")});
  one.permissions = {{"deploy", {{"group:ops", web(20)}}, {{"group:none", web(21)}}, web(20)}};
  one.environments[0].permissions = {{"create_release", {}, {}, web(22)},
                                     {"deploy", {}, {}, web(23)}};
  const auto lines = told(project(one));
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].find("group 'ops' is not defined") != std::string::npos);
  CHECK(lines[1].find("group 'none' is not defined") != std::string::npos);
  CHECK(lines[2] ==
        "22:1+14 create_release is about the whole definition, not one environment | move it to "
        "[permissions]");
}

TEST_CASE("reading: what may follow from a mistake already told is not told as another") {
  auto all = project(definition({approved_by(
      {.from = {{"alice@example.com", web(9)}, {"group:admins", web(10)}}, .count = 2})}));
  all.definitions[0].environments[0].before.push_back(
      {Approval{.from = {{"alice@example.com", {}}}, .count = 2}, web(12)});
  CHECK(told(all).size() == 2);
  all.mistakes = {{web(31, 3), "'bob' is not a person or a group", "", 3}};
  const auto lines = told(all);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].find("group 'admins' is not defined") != std::string::npos);
  CHECK(lines[1].find("'bob' is not a person") != std::string::npos);
}

TEST_CASE("reading: of a team file that is no TOML no group is missed") {
  auto all = project(definition({approved_by({.from = {{"group:ops", web(9)}}})}));
  all.team = {};
  all.mistakes = {{team(3), "no TOML", "", 1}};
  CHECK(only(all) == "3:1+1 no TOML | ");
}

TEST_CASE("environments: unknown targets, tags and gates, and rollouts of nothing") {
  auto one = environment("dev");
  one.targets = {.names = {"web-2"}, .tags = {{"role", "db"}}, .place = web(2)};
  one.before = {{GatesCheck{.names = {"error-rate", "incidents"}}, web(3)}};
  auto second = environment("next");
  second.phases = {{.rollout = Rollout{.place = web(4)}}};
  auto both = definition({one, second});
  both.gates = {{.name = "error-rate"}};
  const auto lines = told(project(both));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].find("target 'web-2' is not defined | defined targets: web-1") !=
        std::string::npos);
  CHECK(lines[1].find("no target has role = \"db\"") != std::string::npos);
  CHECK(lines[2].find("gate 'incidents' is not defined") != std::string::npos);
  CHECK(lines[3].find("a rollout needs targets") != std::string::npos);
}

TEST_CASE("variables: an environment keeps to the definition's choices") {
  auto one = definition({environment("dev")});
  one.variables = {{.name = "LOG", .value = "info", .choices = {"info", "warn"}}};
  one.environments[0].variables = {{.name = "LOG", .value = "dbug", .place = web(7)}};
  CHECK(only(project(one)) == "7:1+3 'dbug' is no choice of variable LOG | choices: info, warn");
}

TEST_CASE("artifacts: of other definitions") {
  auto one = definition({environment("dev")});
  const auto release = [](const char* of, const char* in, int line) {
    return Artifact{.name = "api",
                    .kind = Artifact::Kind::release,
                    .source = of,
                    .deployed_to = in,
                    .place = web(line)};
  };
  one.artifacts = {release("api", "stage", 1), release("apy", "dev", 2), release("web", "dev", 3)};
  auto all = project(one);
  all.definitions.push_back(definition({environment("dev")}, "api"));
  const auto lines = told(all);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].find("environment 'stage' is not defined | defined environments: dev") !=
        std::string::npos);
  CHECK(lines[1].find("definition 'apy' is not defined") != std::string::npos);
  CHECK(lines[2].find("a release of 'web' can't carry a release of itself") != std::string::npos);
  all.definitions[0].artifacts[1].repository = "https://example.com/other.git";
  CHECK(told(all).size() == 2);
}

TEST_CASE("team: targets of targets and freezes") {
  auto all = project(definition({environment("dev")}));
  all.team.targets.push_back({.name = "all", .targets = {"web-1", "most"}, .place = team(20)});
  all.team.targets.push_back({.name = "most", .targets = {"all", "db"}, .place = team(21)});
  all.team.freezes = {{.name = "xmas", .environments = {"prod", "d*"}, .place = team(22)}};
  const auto lines = told(all);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].find("targets form a circle: all is made of most, most is made of all") !=
        std::string::npos);
  CHECK(lines[1].find("target 'db' is not defined") != std::string::npos);
  CHECK(lines[2].find("environment 'prod' is not defined") != std::string::npos);
}

TEST_CASE("project: checking takes time in proportion to what was written") {
  std::vector<Environment> chain = {environment("e0")};
  for (int i = 1; i < 20000; ++i)
    chain.push_back(
        environment(fmt::format("e{}", i).c_str(), {{fmt::format("e{}", i - 1), web(i)}}));
  CHECK(told(project(definition(std::move(chain)))).empty());
}
