// SPDX-License-Identifier: MIT
// What goes wrong between davit and its targets, with the record that it must leave.
//
// A fifth of DAVIT_ROUNDS says how often it is killed, and how often a connection is cut (5).
#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <thread>

#include "tests/program/relay.hpp"
#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::Relay;
using program::says;
using program::Site;
using program::Spoken;
using program::times;

const char* const kTwo = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did; echo said one"
  [[environments.dev.steps]]
  name = "Two"
  run = "echo two >>did; echo said two"
)";

const char* const kSlow = R"(
  [[environments.dev.steps]]
  name = "Slow"
  run = "echo begun >>did; for i in 1 2 3 4 5 6; do echo line $i; sleep 0.2; done; while [ ! -e go ]; do sleep 0.05; done; echo ended >>did"
)";

int how_often() {
  const char* told = std::getenv("DAVIT_ROUNDS");
  return told ? std::max(1, std::atoi(told) / 5) : 5;
}

// A site whose first host is reached by a relay.
struct Relayed : Site {
  Relay relay;
  Relayed(int hosts, const std::string& definition, const std::string& more = "")
      : Site(hosts, definition), relay(fleet.name(1), fleet.port()) {
    told.write(".davit/ssh_config", relay.ssh_config() + fleet.ssh_config());
    told.write(".davit/team.toml", fleet.team() + more);
    told.commit("a way");
    told.davit({"create"});
  }
  void wait_for_connections(int count) const {
    for (int look = 0; look < 6000 && relay.connections() < count; ++look)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    REQUIRE(relay.connections() >= count);
  }
};

void each_line_is_there_once(Site& site, const std::string& release) {
  const auto log = site.told.davit({"log", release, "dev"}).out;
  for (int i = 1; i <= 6; ++i)
    CHECK_MESSAGE(times(log, "| line " + std::to_string(i) + "\n") == 1, log);
}

TEST_CASE("a connection that is reset at any byte: each step is run once") {
  Relayed site(1, on_targets(kTwo));
  CHECK(site.told.davit({"deploy", "web/2", "dev"}).status == 0);
  const auto whole = site.relay.sent();
  for (int round = 0; round < how_often(); ++round) {
    site.told.davit({"create"});
    const auto release = "web/" + std::to_string(round + 3);
    const auto bytes = std::max(1L, whole * (2 * round + 1) / (2 * how_often()));
    CAPTURE(bytes);
    const auto before = site.relay.connections();
    site.relay.reset_after(bytes);
    const Spoken run = site.told.davit({"deploy", release, "dev"});
    CHECK_MESSAGE(run.status == 0, run.out << run.err);
    CHECK(site.relay.connections() > before);
    CHECK(times(site.fleet.read(1, "did"), "one\n") == round + 2);
    CHECK(times(site.fleet.read(1, "did"), "two\n") == round + 2);
    const auto log = site.told.davit({"log", release, "dev"}).out;
    CHECK_MESSAGE(times(log, "| said one\n") == 1, log);
    CHECK_MESSAGE(times(log, "| said two\n") == 1, log);
  }
  CHECK(site.told.davit({"verify"}).status == 0);
}

TEST_CASE("a connection that is closed in order within a step is made again") {
  Relayed site(1, on_targets(kSlow));
  auto running = site.told.start_davit({"deploy", "web/2", "dev"});
  site.wait_for(1, "did", "begun");
  site.relay.close();
  site.wait_for_connections(2);
  site.fleet.write(1, "go", "");
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.out << run.err);
  CHECK(site.fleet.read(1, "did") == "begun\nended\n");
  each_line_is_there_once(site, "web/2");
  CHECK(says(site.told.davit({"log", "web/2", "dev"}), "connection lost"));
}

TEST_CASE("a connection on which nothing comes any more is given up, and made again") {
  Relayed site(1, on_targets(kSlow),
               "options = [\"ServerAliveInterval=1\", \"ServerAliveCountMax=1\", "
               "\"ConnectTimeout=5\"]\n");
  auto running = site.told.start_davit({"deploy", "web/2", "dev"});
  site.wait_for(1, "did", "begun");
  site.relay.stall();
  site.wait_for_connections(2);
  site.relay.heal();
  site.fleet.write(1, "go", "");
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.out << run.err);
  CHECK(site.fleet.read(1, "did") == "begun\nended\n");
  each_line_is_there_once(site, "web/2");
}

TEST_CASE("sshd is killed within a step and comes back: the step is not begun again") {
  Site site(2, on_targets(kSlow));
  auto running = site.told.start_davit({"run"});
  for (int host = 1; host <= 2; ++host) site.wait_for(host, "did", "begun");
  site.fleet.stop();
  site.fleet.cut();
  for (int host = 1; host <= 2; ++host) site.fleet.write(host, "go", "");
  site.wait_for(1, "did", "ended");
  site.wait_for(2, "did", "ended");
  site.fleet.start();
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.out << run.err);
  for (int host = 1; host <= 2; ++host) CHECK(site.fleet.read(host, "did") == "begun\nended\n");
  CHECK(site.told.davit({"verify"}).status == 0);
}

TEST_CASE("a slow host is waited for, and holds up no other") {
  Relayed site(2, on_targets(kTwo, "rollout = { batches = [\"100%\"] }\n"));
  site.relay.slow(20);
  const Spoken run = site.told.davit({"deploy", "web/2", "dev"});
  CHECK_MESSAGE(run.status == 0, run.out << run.err);
  for (int host = 1; host <= 2; ++host) CHECK(site.fleet.read(host, "did") == "one\ntwo\n");
}

// Ends what davit has on a target beside the step, by the first number in this file of the try.
void kill_there(Site& site, const std::string& file) {
  const auto pid = site.fleet.read(1, site.kept("runs/web/1/dev/1/0.1@127.0.1.1/" + file));
  REQUIRE(::kill(std::stoi(pid), SIGKILL) == 0);
}

TEST_CASE("a step's supervisor is killed while the connection stays: its end is uncertain") {
  Site site(1, on_targets(kSlow));
  auto running = site.told.start_davit({"run"});
  site.wait_for(1, "did", "begun");
  kill_there(site, "supervisor");
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 8, run.out << run.err);
  CHECK(says(run, "its supervisor is gone, and nobody can tell how it ended"));
  site.fleet.write(1, "go", "");
  site.wait_for(1, "did", "ended");
  CHECK(site.told.davit({"resume", "web/1", "dev"}).status == 8);
  const Spoken again = site.told.davit({"resume", "web/1", "dev", "--yes"});
  CHECK_MESSAGE(again.status == 0, again.err);
  CHECK(site.fleet.read(1, "did") == "begun\nended\nbegun\nended\n");
}

TEST_CASE("what a target knows of a step is removed while it runs: it is not begun again") {
  Site site(1, on_targets(kSlow));
  auto running = site.told.start_davit({"run"});
  site.wait_for(1, "did", "begun");
  std::filesystem::remove_all(site.fleet.home(1) + "/" + site.kept("runs"));
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 8, run.out << run.err);
  CHECK(says(run, "nobody can tell how it ended"));
  site.fleet.write(1, "go", "");
  site.wait_for(1, "did", "ended");
  CHECK(site.fleet.read(1, "did") == "begun\nended\n");
}

TEST_CASE("what sends a step's output is killed while the connection stays: all of it comes") {
  Site site(1, on_targets(kSlow));
  site.fleet.program("tail", "echo $$ >~/tail; exec /usr/bin/tail \"$@\"\n");
  auto running = site.told.start_davit({"run"});
  site.wait_for(1, "did", "begun");
  site.wait_for(1, "tail", "\n");
  REQUIRE(::kill(std::stoi(site.fleet.read(1, "tail")), SIGKILL) == 0);
  site.fleet.write(1, "go", "");
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.out << run.err);
  CHECK(site.fleet.read(1, "did") == "begun\nended\n");
  each_line_is_there_once(site, "web/1");
}

// Killed so long after it began, and gone on with as a person would; what it said.
std::string killed_and_resumed(Site& site, const std::string& release, long microseconds) {
  {
    auto running = site.told.start_davit({"deploy", release, "dev"});
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
    running.kill(SIGKILL);
    running.wait();
  }
  std::string said;
  for (const char* command : {"resume", "deploy"}) {
    const Spoken went = site.told.davit({command, release, "dev"});
    said += went.out + went.err;
    // Or killed when all was done and recorded.
    if (went.status == 0 || says(went, " is live there")) return said;
  }
  FAIL_CHECK("it does not come to an end:\n" << said);
  return said;
}

TEST_CASE("davit is killed at any moment: on each target each step is run once") {
  Site site(2, on_targets(kTwo, "rollout = { batches = [\"1\"] }\n"));
  const auto began = std::chrono::steady_clock::now();
  CHECK(site.told.davit({"deploy", "web/1", "dev"}).status == 0);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::steady_clock::now() - began)
                         .count();
  std::minstd_rand random{std::random_device{}()};
  for (int round = 0; round < how_often(); ++round) {
    site.told.davit({"create"});
    const auto moment = std::uniform_int_distribution<long>(0, whole)(random);
    const auto release = "web/" + std::to_string(round + 2);
    CAPTURE(moment);
    const auto said = killed_and_resumed(site, release, moment);
    CAPTURE(said);
    for (int host = 1; host <= 2; ++host) {
      CHECK(times(site.fleet.read(host, "did"), "one\n") == round + 2);
      CHECK(times(site.fleet.read(host, "did"), "two\n") == round + 2);
    }
  }
  CHECK(site.told.davit({"verify"}).status == 0);
}

}  // namespace
