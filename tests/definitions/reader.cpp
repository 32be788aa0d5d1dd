// SPDX-License-Identifier: MIT
// The example of the design, read.
#include "definitions/reader.hpp"

#include <doctest/doctest.h>

#include "tests/definitions/read.hpp"

using namespace davit;
using namespace std::chrono_literals;

namespace {

const Definition& storefront() {
  static const Reading<Definition> read =
      read_definition(told::file("storefront.toml"), "storefront", "storefront.toml", "4be1c9d");
  REQUIRE_MESSAGE(read.ok(), told::only(told::mistakes(read.mistakes)));
  return read.value;
}

}  // namespace

TEST_CASE("the design's definition: its name, and what it carries") {
  const Definition& shop = storefront();
  CHECK(shop.name == "storefront");
  CHECK(shop.description == "The public web shop");
  CHECK(shop.release_name == "{date:%Y.%m.%d}-{rev}");
  CHECK(shop.retain == Retain{30, 3});
  REQUIRE(shop.artifacts.size() == 3);
  CHECK(shop.artifacts[0].kind == Artifact::Kind::file);
  CHECK(shop.artifacts[0].source == "build/storefront-*.tar.gz");
  CHECK(shop.artifacts[1].kind == Artifact::Kind::git);
  CHECK(shop.artifacts[2].kind == Artifact::Kind::release);
  CHECK(shop.artifacts[2].source == "api");
  CHECK(shop.artifacts[2].deployed_to == "staging");
}

TEST_CASE("the design's definition: what cuts a release") {
  const Definition& shop = storefront();
  REQUIRE(shop.triggers);
  CHECK(shop.triggers->artifacts == std::vector<std::string>{"app"});
  CHECK(shop.triggers->branch->include == std::vector<std::string>{"main", "hotfix/*"});
  CHECK(shop.triggers->branch->paths == std::vector<std::string>{"shop/**"});
  CHECK(shop.triggers->schedule->cron == "0 3 * * 1-5");
  CHECK(shop.triggers->schedule->zone == "Europe/Berlin");
  CHECK(shop.triggers->schedule->only_if_changed);
}

TEST_CASE("the design's definition: variables are text, whatever they were written as") {
  const Definition& shop = storefront();
  REQUIRE(shop.variables.size() == 3);
  CHECK(shop.variables[0].name == "PORT");
  CHECK(shop.variables[0].value == "8080");
  CHECK(shop.variables[1].value == "info");
  CHECK(shop.variables[1].choices == std::vector<std::string>{"debug", "info", "warn"});
  CHECK(shop.variables[1].ask);
  CHECK(shop.variables[2].secret == SecretSource{SecretSource::Kind::command, "pass show shop/db"});
  CHECK_FALSE(shop.variables[2].value);
}

TEST_CASE("the design's definition: environments in the order written, with their places") {
  const Definition& shop = storefront();
  REQUIRE(shop.environments.size() == 3);
  const Environment& dev = shop.environments[0];
  CHECK(dev.deploy_on == Environment::DeployOn::release);
  CHECK(text(dev.place) == "storefront.toml:23 @ 4be1c9d");
  CHECK(dev.key_place("deploy_on").line == 24);
  CHECK(dev.key_place("soak") == dev.place);  // not written

  const Environment& production = shop.environments[2];
  CHECK(production.deploy_on == Environment::DeployOn::success);
  REQUIRE(production.needs.size() == 1);
  CHECK(production.needs[0].environment == "staging");
  CHECK(production.soak == Duration(30min));
  CHECK(production.targets.names == std::vector<std::string>{"web"});
  CHECK(production.on_failure == Environment::OnFailure::rollback);
  REQUIRE(production.rollout);
  CHECK(production.rollout->batches == std::vector<Share>{{1, false}, {25, true}, {100, true}});
  CHECK(production.rollout->max_failures == Share{10, true});
  CHECK(production.phases.empty());
}

TEST_CASE("the design's definition: the steps of staging") {
  const Environment& staging = storefront().environments[1];
  REQUIRE(staging.phases.size() == 1);
  const auto& steps = staging.phases[0].steps;
  REQUIRE(steps.size() == 4);
  CHECK(steps[0].name == "Unpack");
  CHECK(std::get<UploadAction>(steps[0].action) ==
        UploadAction{"app", "/srv/shop/releases/{release}", true});
  CHECK(steps[1].once);
  CHECK_FALSE(steps[1].reversible);
  CHECK(std::get<LinkAction>(steps[2].action).keep == 5);
  CHECK(steps[3].retries == 5);
  CHECK(steps[3].every == Duration(2s));
  CHECK(steps[3].timeout == Duration(30s));
}

TEST_CASE("the design's definition: checks and gates") {
  const Environment& production = storefront().environments[2];
  REQUIRE(production.before.size() == 3);
  const auto& approval = std::get<Approval>(production.before[0].rule);
  CHECK(approval.from.front().group() == "release-managers");
  CHECK(approval.count == 2);
  CHECK_FALSE(approval.requester);
  CHECK(approval.timeout == Duration(7 * 24h));
  CHECK(approval.expires == Duration(24h));
  const auto& window = std::get<Window>(production.before[1].rule);
  CHECK(window.days == "Mon-Thu");
  CHECK(window.zone == "Europe/Berlin");
  const auto& gates = std::get<GatesCheck>(production.before[2].rule);
  CHECK(gates.names == std::vector<std::string>{"no-incidents", "error-rate"});
  CHECK(gates.stable_for == Duration(15min));
  CHECK(std::get<GatesCheck>(production.after[0].rule).delay == Duration(5min));

  const auto& all = storefront().gates;
  REQUIRE(all.size() == 2);
  const auto& http = std::get<HttpAction>(all[0].question);
  CHECK(http.expect.status == 200);
  REQUIRE(http.expect.json.size() == 1);
  CHECK(http.expect.json[0].first == "/count");
  CHECK(http.expect.json[0].second == Json(0));
  CHECK(std::get<RunAction>(all[1].question).script == "./ops/error-rate --below 0.1");
}

TEST_CASE("the design's team file") {
  const auto read = read_team(told::file("team.toml"), "team.toml");
  REQUIRE_MESSAGE(read.ok(), told::only(told::mistakes(read.mistakes)));
  const Team& team = read.value;
  CHECK(team.ledger.remote == "origin");
  CHECK(team.ledger.signing == LedgerSettings::Signing::required);
  REQUIRE(team.group("developers"));
  CHECK(team.group("developers")->members[0].text == "*@example.com");
  CHECK(team.permissions.size() == 4);
  REQUIRE(team.target("web"));
  CHECK(team.target("web")->hosts.size() == 2);
  CHECK(team.target("web")->tags.at("role") == "web");
  CHECK(team.freezes[0].from == "2026-12-18T17:00:00");
  CHECK(team.notifications[0].webhook_secret->from == "CHAT_WEBHOOK");
  CHECK(team.notifications[0].on.size() == 3);
}

TEST_CASE("what may be written two ways is read as one") {
  const auto shorter = read_definition(
      "artifacts.api.release = 'api'\n[environments.a]\nneeds = 'b'\ntargets = 'web'\n"
      "before = { approval = 'group:x' }\npermissions.deploy = 'a@b.c'\n[environments.b]\n",
      "d", "d.toml");
  const auto longer = read_definition(
      "artifacts.api.release = { definition = 'api' }\n[environments.a]\nneeds = ['b']\n"
      "targets = { names = ['web'] }\nbefore = [ { approval = { from = ['group:x'] } } ]\n"
      "permissions.deploy = { allow = ['a@b.c'] }\n[environments.b]\n",
      "d", "d.toml");
  REQUIRE(shorter.ok());
  REQUIRE(longer.ok());
  const auto& a = shorter.value.environments[0];
  const auto& b = longer.value.environments[0];
  CHECK(a.needs[0].environment == b.needs[0].environment);
  CHECK(a.targets.names == b.targets.names);
  CHECK(std::get<Approval>(a.before[0].rule).from[0].text ==
        std::get<Approval>(b.before[0].rule).from[0].text);
  CHECK(a.permissions[0].allow[0].text == b.permissions[0].allow[0].text);
  CHECK(shorter.value.artifacts[0].source == longer.value.artifacts[0].source);
}

TEST_CASE("deploy_on follows from needs where it is not written") {
  const auto read = read_definition(
      "[environments.first]\n[environments.second]\nneeds = ['first']\n", "d", "d.toml");
  REQUIRE(read.ok());
  CHECK(read.value.environments[0].deploy_on == Environment::DeployOn::manual);
  CHECK(read.value.environments[1].deploy_on == Environment::DeployOn::success);
}

TEST_CASE("a step without a name is called after what it does, and never like another") {
  const auto read = read_definition(
      "[[environments.a.steps]]\nrun = 'make'\n[[environments.a.steps]]\nrun = '''\n\n  make\n"
      "more'''\n[[environments.a.steps]]\nwait = '90s'\n[[environments.a.steps]]\n"
      "name = 'make (2)'\nmanual = 'Look'\n[[environments.a.steps]]\n"
      "http = 'http://localhost/{release}'\n",
      "d", "d.toml");
  REQUIRE_MESSAGE(read.ok(), told::only(told::mistakes(read.mistakes)));
  std::vector<std::string> names;
  for (const Step& step : read.value.environments[0].phases[0].steps) names.push_back(step.name);
  CHECK(names == std::vector<std::string>{"make", "make (3)", "Wait 1m30s", "make (2)",
                                          "GET http://localhost/{release}"});
}
