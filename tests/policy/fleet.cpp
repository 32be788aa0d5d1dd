// SPDX-License-Identifier: MIT
// Which hosts, in what order, how many at a time.
#include <doctest/doctest.h>

#include "core/fleet/batches.hpp"
#include "core/fleet/host.hpp"

using namespace davit;

namespace {

using Words = std::vector<std::string>;

Team team() {
  Team made;
  made.targets = {
      {.name = "web", .hosts = {"deploy@web1", "deploy@web2:2222"}, .tags = {{"role", "web"}}},
      {.name = "db", .hosts = {"db1"}, .user = "postgres", .port = 2200, .tags = {{"role", "db"}}},
      {.name = "six", .hosts = {"[2001:db8::1]:22"}, .shell = "bash"},
      {.name = "all", .targets = {"db", "web"}},
  };
  return made;
}

Words names(const Result<std::vector<Host>>& hosts) {
  REQUIRE(hosts.has_value());
  Words out;
  for (const auto& host : *hosts) out.push_back(host.name);
  return out;
}

Rollout rollout(std::vector<Share> shares) { return {.batches = std::move(shares)}; }

}  // namespace

TEST_CASE("hosts come in the order they are written, each once") {
  CHECK(names(select(team(), {.names = {"web"}})) == Words{"web1", "web2:2222"});
  CHECK(names(select(team(), {.names = {"web", "all"}})) == Words{"web1", "web2:2222", "db1"});
  CHECK(names(select(team(), {.names = {"all"}})) == Words{"db1", "web1", "web2:2222"});
  CHECK(names(select(team(), {.tags = {{"role", "db"}}})) == Words{"db1"});
}

TEST_CASE("a host has its own user and port, or its target's") {
  const auto all = all_hosts(team());
  REQUIRE(all.size() == 4);
  CHECK(all[0] == Host{"web1", "deploy", "web1", 0, "web", {{"role", "web"}}, Step::Shell::sh, ""});
  CHECK(all[1].port == 2222);
  CHECK(all[2].user == "postgres");
  CHECK(all[2].port == 2200);
  CHECK(all[3].address == "2001:db8::1");
  CHECK(all[3].name == "[2001:db8::1]:22");
  CHECK(all[3].shell == Step::Shell::bash);
}

TEST_CASE("two users of one machine are two hosts, told apart") {
  Team two;
  two.targets = {{.name = "a", .hosts = {"blue@web1", "green@web1", "blue@web1"}}};
  CHECK(names(select(two, {.names = {"a"}})) == Words{"blue@web1", "green@web1"});
}

TEST_CASE("a selection of nobody is an error, and so is a target that is not there") {
  CHECK(select(team(), {.tags = {{"role", "cache"}}}).error().message == "no host is selected");
  const auto error = select(team(), {.names = {"wep"}}).error();
  CHECK(error.message == "there is no target 'wep'");
  CHECK(error.hint == "did you mean 'web'?");
}

TEST_CASE("limit and exclude take names, patterns, targets and tags") {
  const auto all = all_hosts(team());
  CHECK(names(narrowed(all, {{"web"}, {}})) == Words{"web1", "web2:2222"});
  CHECK(names(narrowed(all, {{"web*"}, {"web1"}})) == Words{"web2:2222"});
  CHECK(names(narrowed(all, {{"role=db"}, {}})) == Words{"db1"});
  CHECK(names(narrowed(all, {{}, {"web", "six"}})) == Words{"db1"});
  CHECK(narrowed(all, {{"web3"}, {}}).error().hint == "did you mean 'web1'?");
  CHECK(narrowed(all, {{"web1"}, {"web"}}).error().message == "no host is left");
  CHECK(narrowed(all, {{"elephant"}, {}}).error().hint ==
        "there are: web, db, six, web1, web2:2222, db1, [2001:db8::1]:22");
  CHECK(narrowed({}, {{"web1"}, {}}).error().hint == "no step of it goes to a target");
  CHECK(text(Narrowing{{"web1", "role=db"}, {"web2"}}) == "limited to web1, role=db without web2");
  CHECK(text(Narrowing{{}, {"web2"}}) == "without web2");
  CHECK(text(Narrowing{}).empty());
}

TEST_CASE("batches are shares of the whole fleet, and together all of it") {
  using Sizes = std::vector<std::size_t>;
  CHECK(batches({}, 40) == Sizes{40});
  CHECK(batches(rollout({{1, false}, {25, true}, {100, true}}), 40) == Sizes{1, 10, 29});
  CHECK(batches(rollout({{1, false}, {10, true}}), 5) == Sizes{1, 1, 1, 1, 1});
  CHECK(batches(rollout({{50, true}}), 3) == Sizes{2, 1});
  CHECK(batches(rollout({{7, false}}), 3) == Sizes{3});
  CHECK(batches(rollout({{1, false}}), 0).empty());
  for (int percent = 1; percent <= 100; ++percent)
    for (std::size_t hosts = 1; hosts < 60; ++hosts) {
      std::size_t sum = 0;
      for (const auto size : batches(rollout({{1, false}, {percent, true}}), hosts)) sum += size;
      CHECK(sum == hosts);
    }
}

TEST_CASE("so many failures end a rollout") {
  CHECK(failures_that_end({}, 40) == 1);
  Rollout some{.max_failures = Share{10, true}};
  CHECK(failures_that_end(some, 40) == 4);
  CHECK(failures_that_end(some, 5) == 1);
  some.max_failures = Share{3, false};
  CHECK(failures_that_end(some, 5) == 3);
}
