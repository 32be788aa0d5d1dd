// SPDX-License-Identifier: MIT
// What is deployed on which host.
#include "core/policy/holdings.hpp"

#include <doctest/doctest.h>

#include "tests/policy/story.hpp"

using namespace davit;
using namespace davit::story;

namespace {

struct Known {
  Team team;
  Definition definition;
  Known() {
    team.targets = {{.name = "web", .hosts = {"web1", "web2"}},
                    {.name = "db", .hosts = {"a@db1", "b@db1"}},
                    {.name = "idle", .hosts = {"idle1"}}};
    definition.name = "shop";
    Environment dev{.name = "dev", .targets = {.names = {"web"}}};
    dev.phases = {{}, {.targets = {.names = {"db"}}}, {.local = true}};
    definition.environments = {dev};
  }
  // "web1: 1, web2: 1": release by host.
  std::string on(const State& state) const {
    std::string out;
    const auto hosts = all_hosts(team);
    const auto all = holdings(hosts, team, {{definition, state}});
    REQUIRE(all.size() == hosts.size());
    for (std::size_t i = 0; i < hosts.size(); ++i)
      for (const auto& one : all[i])
        out += hosts[i].name + ":" + std::to_string(one.release.number.value) + " ";
    return out;
  }
};

DeploymentStarted only(const std::string& word, DeploymentStarted started) {
  started.narrowing.limit = {word};
  return started;
}

}  // namespace

TEST_CASE("every host of an environment holds what is live there, those of phases too") {
  const Known known;
  CHECK(known.on(told({cut(1)})).empty());
  CHECK(known.on(told({cut(1), began(1, "dev", 1), ended(1, "dev", 1)})) ==
        "web1:1 web2:1 a@db1:1 b@db1:1 ");
}

TEST_CASE("a host that was left out holds what was there before") {
  const Known known;
  const auto state = told({cut(1), cut(2), began(1, "dev", 1), ended(1, "dev", 1),
                           only("web1", began(2, "dev", 2)), ended(2, "dev", 2, Ended::partial)});
  CHECK(known.on(state) == "web1:2 web2:1 a@db1:1 b@db1:1 ");
  // Gone back to, and what was touched alone.
  auto back = began(1, "dev", 3, 2);
  back.only = {"web1"};
  auto after = told({cut(1), cut(2), began(1, "dev", 1), ended(1, "dev", 1), began(2, "dev", 2),
                     ended(2, "dev", 2), back, ended(1, "dev", 3, Ended::succeeded, 2)});
  CHECK(known.on(after) == "web1:1 web2:2 a@db1:2 b@db1:2 ");
  auto forgotten = state;
  forgotten.releases.erase({2});
  CHECK(known.on(forgotten).empty());
}
