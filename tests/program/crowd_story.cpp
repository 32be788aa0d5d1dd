// SPDX-License-Identifier: MIT
// Servers that take few connections, and targets that can't be reached for a while.
#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "tests/program/site.hpp"

namespace {

using program::Fleet;
using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;
using program::Told;

const char* const kTwo = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did"
  [[environments.dev.steps]]
  name = "Two"
  run = "echo two >>did"
)";

// Until davit says in its log that it waits for the target.
void wait_until_it_waits(const Site& site) {
  for (int look = 0; look < 6000; ++look) {
    if (site.told.read(".git/davit/runs/web/1/dev/1/log").find("waits for it") != std::string::npos)
      return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  FAIL("it never waits");
}

void all_get_there(const std::string& transport) {
  Told told(on_targets(kTwo));
  const Fleet fleet(12, "MaxStartups 2\nMaxSessions 1\n");
  told.write(".davit/team.toml", fleet.team());
  told.write(".davit/ssh_config", fleet.ssh_config());
  told.commit("targets");
  told.davit({"create"});
  const Spoken run = told.davit({"run", "--transport", transport});
  CHECK_MESSAGE(run.status == 0, run.err);
  for (int host = 1; host <= 12; ++host) CHECK(fleet.read(host, "did") == "one\ntwo\n");
}

TEST_CASE("a server that drops most of what comes at once is reached all the same, by OpenSSH") {
  all_get_there("openssh");
}

TEST_CASE("a server that drops most of what comes at once is reached all the same, by libssh") {
  all_get_there("libssh");
}

TEST_CASE("a target that can't be reached is waited for where the rollout says so") {
  Site site(2, on_targets(kTwo, "rollout = { unreachable = \"wait\" }\n"));
  site.fleet.stop();
  auto running = site.told.start_davit({"run"});
  wait_until_it_waits(site);
  site.fleet.start();
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(says(run, "waits for 127.0.1.1: "));
  for (int host = 1; host <= 2; ++host) CHECK(site.fleet.read(host, "did") == "one\ntwo\n");
}

TEST_CASE("waiting ends when somebody stops the run, and resume goes on") {
  Site site(1, on_targets(kTwo, "rollout = { unreachable = \"wait\" }\n"));
  site.fleet.stop();
  auto running = site.told.start_davit({"run"});
  wait_until_it_waits(site);
  running.kill(SIGINT);
  CHECK(running.wait().status == 1);
  site.fleet.start();
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 0, resumed.err);
  CHECK(site.fleet.read(1, "did") == "one\ntwo\n");
}

TEST_CASE("waiting ends when the step's time is up") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did"
  timeout = "1s"
)",
                          "rollout = { unreachable = \"wait\" }\n"));
  site.fleet.stop();
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "can't reach it: "));
  site.fleet.start();
}

TEST_CASE("a host whose key nobody trusts is not waited for") {
  Site site(1, on_targets(kTwo, "rollout = { unreachable = \"wait\" }\n"));
  const Spoken run = site.told.davit({"run", "--ssh-option", "UserKnownHostsFile=/dev/null"});
  CHECK(run.status == 1);
  CHECK_FALSE(says(run, "waits for"));
}

}  // namespace
