// SPDX-License-Identifier: MIT
// Conditions of steps on targets, and what a script finds there.
#include <doctest/doctest.h>

#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;

TEST_CASE("a condition is asked on each target, and skips the step where it doesn't hold") {
  Site site(2, on_targets(R"(
  [[environments.dev.steps]]
  name = "Maybe"
  run = "echo done >>did"
  if = "echo \"$COLOUR $DAVIT_TARGET\" >asked; test -e wanted"
  env = { COLOUR = "green" }
  [[environments.dev.steps]]
  name = "Last"
  run = "echo last >>did"
)"));
  site.fleet.write(2, "wanted", "");
  const Spoken run = site.told.davit({"run", "--verbose"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "last\n");
  CHECK(site.fleet.read(2, "did") == "done\nlast\n");
  CHECK(site.fleet.read(1, "asked") == "green 127.0.1.1\n");
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "its condition ended with exit status 1"));
}

TEST_CASE("a condition that can't be asked on a target fails the step there") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Maybe"
  run = "echo done >>did"
  if = "no-such-program"
  retries = 3
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "Maybe on 127.0.1.1: its condition `no-such-program`: exit status 127"));
  CHECK(site.fleet.read(1, "did").empty());
}

TEST_CASE("the way is lost while a condition is asked: it is asked on") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Maybe"
  run = "echo done >>did"
  if = "echo asked >>did; while [ ! -e go ]; do sleep 0.05; done"
)"));
  auto running = site.told.start_davit({"run"});
  site.wait_for(1, "did", "asked");
  site.fleet.cut();
  site.fleet.write(1, "go", "");
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "asked\ndone\n");
}

TEST_CASE("davit is killed while a condition is asked: resume asks for its answer") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Maybe"
  run = "echo done >>did"
  if = "echo asked >>did; while [ ! -e go ]; do sleep 0.05; done; false"
)"));
  site.kill_when({"run"}, 1, "did", "asked");
  site.fleet.write(1, "go", "");
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 0, resumed.err);
  CHECK(site.fleet.read(1, "did") == "asked\n");
}

TEST_CASE("a condition that takes too long is ended, and fails the step") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Maybe"
  run = "echo done >>did"
  if = "sleep 600"
  timeout = "300ms"
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "its condition `sleep 600`: took too long and was ended"));
  CHECK(site.fleet.read(1, "did").empty());
}

TEST_CASE("a script on a target ends at the first command that fails, and makes usual files") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Two lines"
  run = """
echo one >>did
false
echo two >>did
"""
)"));
  CHECK(site.told.davit({"run"}).status == 1);
  CHECK(site.fleet.read(1, "did") == "one\n");
  CHECK(site.told.run({"sh", "-c", "find " + site.fleet.home(1) + "/did -perm 644"}).out != "");
}

}  // namespace
