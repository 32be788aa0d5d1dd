// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>

#include "core/artifacts/collect.hpp"
#include "tests/world/temporary_folder.hpp"

using namespace davit;

namespace {

constexpr Duration kDay = std::chrono::hours(24);
const Instant kNow{std::chrono::hours(24 * 20'000)};
const Instant kOld = kNow - 100 * kDay;

// A definition whose releases 1 to `count` were all cut long ago.
State told(int count, const std::string& definition = "web") {
  State state;
  state.definition = definition;
  for (int number = 1; number <= count; ++number) {
    Release release;
    release.number = {number};
    release.created = {"alice@example.com", kOld};
    state.releases[release.number] = release;
  }
  return state;
}

// Newest first.
void stays(State& state, const std::string& environment, const std::vector<int>& releases) {
  auto& here = state.environments[environment];
  here.name = environment;
  for (const int number : releases) here.stays.push_back({{number}, 1, kOld, false});
}

std::string kept(const State& state, Retain retain = {30, 0}) {
  std::string out;
  for (const auto& [release, because] : retention(state, retain, kNow))
    if (!because.empty()) out += std::to_string(release.value) + ": " + because + "\n";
  return out;
}

Attempt& attempt(State& state, int release, Attempt::Stage stage) {
  auto& all = state.releases[{release}].attempts["prod"];
  all.push_back({});
  all.back().stage = stage;
  return all.back();
}

}  // namespace

TEST_CASE("what is live, and what a rollback goes to, is kept") {
  auto state = told(9);
  stays(state, "dev", {8});
  stays(state, "prod", {5, 5, 4, 3, 2, 1});
  CHECK(kept(state) == "4: a rollback of prod\n5: live in prod\n8: live in dev\n");
  state.releases[{4}].bad = "leaks";
  state.releases[{3}].status = Release::Status::abandoned;
  CHECK(kept(state) == "2: a rollback of prod\n5: live in prod\n8: live in dev\n");
  state.releases[{5}].bad = "leaks";
  CHECK(kept(state).find("5: live in prod") != std::string::npos);
}

TEST_CASE("behind a rollback, what the next one goes to is kept") {
  auto state = told(6);
  stays(state, "prod", {5, 6, 5, 4});
  attempt(state, 5, Attempt::Stage::finished).cause = Cause::rollback;
  CHECK(kept(state) == "4: a rollback of prod\n5: live in prod\n");
}

TEST_CASE("what is running, waited for or a draft is kept") {
  auto state = told(6);
  attempt(state, 1, Attempt::Stage::running);
  attempt(state, 2, Attempt::Stage::paused);
  attempt(state, 3, Attempt::Stage::open);
  attempt(state, 4, Attempt::Stage::finished);
  state.releases[{5}].status = Release::Status::draft;
  CHECK(kept(state) ==
        "1: on its way to prod\n2: on its way to prod\n3: waits for prod\n5: a draft\n");
}

TEST_CASE("the newest of a definition and of each environment are kept") {
  auto state = told(9);
  stays(state, "prod", {6, 5, 4, 3, 2});
  state.releases[{9}].bad = "leaks";
  CHECK(kept(state, {30, 3}) ==
        "4: among the newest in prod\n5: a rollback of prod\n6: live in prod\n"
        "7: among the newest\n8: among the newest\n");
}

TEST_CASE("what anything happened to in these days is kept") {
  auto state = told(3);
  state.releases[{1}].created.at = kNow - 29 * kDay;
  attempt(state, 2, Attempt::Stage::finished).finished = Deed{"bob@example.com", kNow - kDay};
  CHECK(kept(state) == "1: younger than 30 days\n2: younger than 30 days\n");
  CHECK(kept(state, {0, 0}).empty());
}

TEST_CASE("only what no definition needs is removed, and a dry run removes nothing") {
  const TemporaryFolder folder;
  Store store(folder.path());
  const auto add = [&](const std::string& bytes) {
    const auto stored = store.add([&](const Store::Sink& sink) { return sink(bytes); });
    REQUIRE(stored);
    return ArtifactPin{"app", "file", "x", "1", stored->digest, "", stored->size, 1};
  };
  auto web = told(2);
  auto api = told(1, "api");
  stays(web, "prod", {2});
  stays(api, "prod", {1});
  const auto shared = add("shared");
  const auto gone = add("gone");
  web.releases[{1}].artifacts = {shared, gone};
  web.releases[{2}].artifacts = {add("live")};
  api.releases[{1}].artifacts = {shared};
  const auto lost = add("lost");
  folder.write("runs/web/1/prod/1/log", "12345");
  folder.write("runs/web/2/prod/1/log", "12345");
  const std::vector<History> all{{web, {30, 0}}, {api, {30, 0}}};

  // They came this very moment, and `now` is long past that.
  const auto later = store.all().front().since + 400 * kDay;
  Collecting how{folder.path(), later, true};
  const auto would = collect(store, all, how);
  REQUIRE(would);
  CHECK(store.all().size() == 4);
  CHECK(folder.exists("runs/web/1"));
  how.dry_run = false;
  const auto did = collect(store, all, how);
  REQUIRE(did);
  CHECK(*did == *would);
  CHECK(did->size() == 3);
  CHECK(store.all().size() == 2);
  CHECK_FALSE(store.has(gone.digest));
  CHECK_FALSE(store.has(lost.digest));
  CHECK(store.has(shared.digest));
  CHECK_FALSE(folder.exists("runs/web/1"));
  CHECK(folder.exists("runs/web/2"));
  bool named = false;
  for (const auto& one : *did) {
    named = named || (one.what == "artifact app 1 of web/1" && one.bytes == 4);
    if (one.what == "logs of web/1") CHECK(one.bytes == 5);
  }
  CHECK(named);
}

TEST_CASE("neither a fresh artifact nor the logs of a living runner are removed") {
  const TemporaryFolder folder;
  Store store(folder.path());
  const auto fresh = store.add([](const Store::Sink& sink) { return sink("fresh"); });
  REQUIRE(fresh);
  const auto web = told(1);
  const auto alive = folder.write("runs/web/1/prod/1/alive", "");
  const int held = open(alive.c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(flock(held, LOCK_EX) == 0);
  const Collecting how{folder.path(), fresh->since + kDay / 2, false};
  CHECK(retention(web, {30, 0}, how.now).front().because.empty());
  CHECK(collect(store, {{web, {30, 0}}}, how)->empty());
  CHECK(store.has(fresh->digest));
  CHECK(folder.exists("runs/web/1"));
  close(held);
}
