// SPDX-License-Identifier: MIT
// Killed at any moment, or started twice: no step is run again, none is left out.
//
// DAVIT_ROUNDS says how often each command is killed (10).
#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Spoken;
using program::Told;

const char* const kFive = R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  name = "one"
  run = "echo one >> $DID; sleep 0.02"
  [[environments.dev.steps]]
  name = "two"
  run = "echo two >> $DID; sleep 0.02"
  [[environments.dev.steps]]
  name = "three"
  run = "echo three >> $DID; sleep 0.02"
  [[environments.dev.steps]]
  name = "four"
  run = "echo four >> $DID; sleep 0.02"
  [[environments.dev.steps]]
  name = "five"
  run = "echo five >> $DID; sleep 0.02"
)";

const char* const kNames[] = {"one", "two", "three", "four", "five"};

int rounds() {
  const char* told = std::getenv("DAVIT_ROUNDS");
  return told ? std::max(1, std::atoi(told)) : 10;
}

using std::chrono::microseconds;
using Command = std::vector<std::string>;

// How long a command takes that nobody kills: the moments are spread over it.
microseconds undisturbed(Told& told, const Command& command) {
  const auto began = std::chrono::steady_clock::now();
  CHECK(told.davit(command).status == 0);
  return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - began);
}

TEST_CASE("why tells how to go on where the runner is gone") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
steps = [{ run = "echo began >> $DID; sleep 60" }]
)");
  told.davit({"create"});
  auto running = told.start_davit({"run"});
  told.wait_for("began");
  CHECK_FALSE(says(told.davit({"why", "web/1", "dev"}), "runner is gone"));
  running.kill(SIGKILL);
  running.wait();
  const auto why = told.davit({"why", "web/1", "dev"});
  CHECK(says(why, "its runner is gone"));
  CHECK(says(why, "davit resume web/1 dev"));
  told.davit({"cancel", "web/1", "dev"});
}

microseconds moment_in(microseconds whole) {
  static std::minstd_rand random{std::random_device{}()};
  return microseconds(
      std::uniform_int_distribution<long>(0, static_cast<long>(whole.count()))(random));
}

void killed_after(Told& told, const Command& command, microseconds moment) {
  const auto running = told.start_davit(command);
  std::this_thread::sleep_for(moment);
  running.kill(SIGKILL);
  CHECK(program::wait_for_end(running.pid(), 10'000));
}

void nothing_is_broken(Told& told) {
  const Spoken verified = told.davit({"verify"});
  CHECK_MESSAGE(verified.status == 0, verified.out << verified.err);
  const Spoken checked = told.run({"git", "fsck", "--strict", "--full"});
  CHECK_MESSAGE(checked.status == 0, checked.out << checked.err);
  CHECK(checked.err.find("error") == std::string::npos);
}

// Goes on as a person would, who first reads what davit has to say.
std::string go_on(Told& told) {
  std::string said;
  for (int tries = 0; tries < 5; ++tries) {
    const Spoken run = told.davit({"run"});
    said += run.out + run.err;
    if (run.status == 0) return said;
    const Spoken resumed = told.davit({"resume", "web/1", "dev", "--yes"});
    said += resumed.out + resumed.err;
  }
  FAIL_CHECK("it does not come to an end:\n" << said);
  return said;
}

void killed_deploying(microseconds moment) {
  Told told(kFive);
  told.davit({"create"});
  killed_after(told, {"run"}, moment);
  CHECK(told.davit({"verify"}).status == 0);
  const std::string said = go_on(told);
  nothing_is_broken(told);
  CAPTURE(moment.count());
  CAPTURE(said);
  CAPTURE(told.did());
  for (const char* name : kNames) {
    const bool uncertain = said.find(std::string("uncertain: ") + name) != std::string::npos;
    const int times = told.times(name);
    CHECK(times >= 1);
    CHECK(times <= (uncertain ? 2 : 1));
  }
  CHECK(says(told.davit({"status"}), "✔ 1"));
}

TEST_CASE("killed while deploying, at any moment, each step is run once") {
  Told told(kFive);
  told.davit({"create"});
  const auto whole = undisturbed(told, {"run"});
  for (int round = 0; round < rounds(); ++round) killed_deploying(moment_in(whole));
}

TEST_CASE("killed while cutting a release, at any moment: it is cut or it is not") {
  Told told(kFive);
  const auto whole = undisturbed(told, {"create"});
  int cut = 1;
  for (int round = 0; round < rounds(); ++round) {
    killed_after(told, {"create"}, moment_in(whole));
    const Spoken next = told.davit({"create"});
    CHECK_MESSAGE(next.status == 0, next.err);
    const bool was_cut = says(next, "web/" + std::to_string(cut + 2));
    cut += was_cut ? 2 : 1;
    CHECK_MESSAGE(says(next, "web/" + std::to_string(cut)), next.out << next.err);
  }
  nothing_is_broken(told);
}

TEST_CASE("killed while approving, at any moment: it is approved or it is not") {
  Told told(R"(
[environments.dev]
  [[environments.dev.before]]
  approval = { from = ["group:team"] }
  [[environments.dev.steps]]
  run = "echo deployed >> $DID"
)");
  const Command approve{"approve", "web/1", "dev", "--yes"};
  told.davit({"create"});
  const auto whole = undisturbed(told, approve);
  for (int number = 2; number < rounds() + 2; ++number) {
    const auto release = "web/" + std::to_string(number);
    told.davit({"create"});
    const Command again{"approve", release, "dev", "--yes"};
    killed_after(told, again, moment_in(whole));
    const Spoken next = told.davit(again);
    CHECK_MESSAGE(next.status == 0, next.err);
  }
  nothing_is_broken(told);
  CHECK(told.davit({"deploy", "web/1", "dev", "--yes"}).status == 0);
  CHECK(told.did() == "deployed\n");
}

TEST_CASE("killed in the middle of a step: the step goes on, and resume takes it over") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo one >> $DID; while ! test -e $DID.go; do sleep 0.05; done; echo one ended >> $DID"
  [[environments.dev.steps]]
  run = "echo two >> $DID"
)");
  told.davit({"create"});
  const auto running = told.start_davit({"run"});
  told.wait_for("one");
  running.kill(SIGKILL);
  CHECK(program::wait_for_end(running.pid(), 10'000));
  nothing_is_broken(told);
  auto resumed = told.start_davit({"resume", "web/1", "dev", "--yes"});
  told.write(".git/did.go", "");
  CHECK(resumed.wait().status == 0);
  CHECK(told.did() == "one\none ended\ntwo\n");
}

TEST_CASE("two runs at once: each step is run once, and one says that the other is at it") {
  for (int round = 0; round < 3; ++round) {
    Told told(kFive);
    told.davit({"create"});
    auto first = told.start_davit({"run"});
    auto second = told.start_davit({"run"});
    const Spoken a = first.wait();
    const Spoken b = second.wait();
    CAPTURE(a.out + a.err);
    CAPTURE(b.out + b.err);
    CHECK((a.status == 0 || b.status == 0));
    for (const auto& said : {a, b}) {
      CHECK((said.status == 0 || said.status == 4 || said.status == 7));
      if (said.status == 7) CHECK(says(said, "came first"));
      if (said.status == 4) CHECK(says(said, "is being deployed"));
    }
    CHECK(told.did() == "one\ntwo\nthree\nfour\nfive\n");
    nothing_is_broken(told);
    CHECK(told.davit({"run"}).status == 0);
    CHECK(told.did() == "one\ntwo\nthree\nfour\nfive\n");
  }
}

TEST_CASE("while a deployment runs, another is told so and touches nothing") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo one >> $DID; while ! test -e $DID.go; do sleep 0.05; done; echo one ended >> $DID"
)");
  told.davit({"create"});
  auto running = told.start_davit({"run"});
  told.wait_for("one");
  const Spoken other = told.davit({"run"});
  CHECK((other.status == 4 || other.status == 7));
  CHECK(says(other, "is being deployed"));
  const Spoken resumed = told.davit({"resume", "web/1", "dev", "--yes"});
  CHECK(resumed.status == 7);
  told.write(".git/did.go", "");
  CHECK(running.wait().status == 0);
  CHECK(told.did() == "one\none ended\n");
}

TEST_CASE("releases cut at once each have a number of their own") {
  Told told(kFive);
  std::vector<program::Running> cutting;
  for (int i = 0; i < 6; ++i) cutting.push_back(told.start_davit({"create"}));
  for (auto& one : cutting) CHECK(one.wait().status == 0);
  CHECK(says(told.davit({"show", "web/6"}), "web/6"));
  CHECK(told.davit({"show", "web/7"}).status == 2);
  nothing_is_broken(told);
}

}  // namespace
