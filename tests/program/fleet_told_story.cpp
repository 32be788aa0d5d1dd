// SPDX-License-Identifier: MIT
// How a run on several targets is told: folded, on a terminal, in CI, and when it fails.
#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "tests/program/site.hpp"
#include "tests/program/terminal.hpp"

namespace {

using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;
using program::Terminal;
using program::times;

const std::string kAll = "127.0.1.1…127.0.1.3 (3)";

const char* const kAlike = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo same; test $DAVIT_TARGET = 127.0.1.2 && echo odd; echo end"
)";

// Ends on the last target when the file `go` is there.
const char* const kWaits = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo \"this is $DAVIT_RELEASE\""
  [[environments.dev.steps]]
  name = "Two"
  run = "echo begun >>did; test $DAVIT_TARGET != 127.0.1.3 || while ! test -e go; do sleep 0.05; done"
)";

const char* const kFails = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo looking; test ! -e bad || { echo \"no room\"; exit 4; }"
  [[environments.dev.steps]]
  name = "Clean up"
  run = "echo cleaned"
  when = "always"
)";

TEST_CASE("what targets print alike is told once, with who printed it") {
  Site site(3, on_targets(kAlike));
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(says(run, "1 step × 3 targets\n"));
  CHECK(says(run, "  One " + kAll + "\n"));
  CHECK(says(run, "  One " + kAll + " | same\n"));
  CHECK(says(run, "  One 127.0.1.2 | odd\n"));
  CHECK(says(run, "  One 127.0.1.1 127.0.1.3 | end\n"));
  CHECK(says(run, "  ✔ One " + kAll + "   "));
  CHECK(times(run.err, "| same") == 1);
  const auto log = site.told.davit({"log", "web/1", "dev"}).out;
  CHECK(times(log, "| same") == 3);
}

TEST_CASE("verbose: nothing is folded") {
  Site site(3, on_targets(kAlike));
  const Spoken run = site.told.davit({"run", "--verbose"});
  for (int host = 1; host <= 3; ++host)
    CHECK(says(run, "One " + site.fleet.name(host) + " | same\n"));
}

TEST_CASE("on a terminal: who is still at it, and of each batch a line that stays") {
  Site site(3, on_targets(kWaits, "rollout = { batches = [\"1\", \"100%\"] }\n"));
  Terminal terminal(site.told, {"run"});
  terminal.expect("2 steps × 3 targets in 2 batches (1, 2)");
  terminal.expect("█████░░░░░ 1/2");
  terminal.expect("Two  127.0.1.3");
  site.fleet.write(3, "go", "");
  CHECK(terminal.wait() == 0);
  const auto screen = terminal.screen();
  CAPTURE(screen);
  CHECK(screen.find("  batch 1/2   127.0.1.1                One ✔  Two ✔   ") != std::string::npos);
  CHECK(screen.find("  batch 2/2   127.0.1.2 127.0.1.3      One ✔  Two ✔   ") != std::string::npos);
  CHECK(screen.find("One 127.0.1.2 | this is web/1\n") != std::string::npos);
  CHECK(screen.find("✔ 2 steps × 3 targets   ") != std::string::npos);
  CHECK(screen.find("░") == std::string::npos);
}

TEST_CASE("the first failure: its last lines, the whole log, and how to go on") {
  Site site(3, on_targets(kFails));
  site.fleet.write(2, "bad", "");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "  ✘ One 127.0.1.2   "));
  CHECK(says(run, "  2 targets done, 1 failed\n"));
  CHECK(says(run,
             "  the last lines of One 127.0.1.2:\n    looking\n    no room\n"
             "  the whole log: davit log web/1 dev\n"));
  CHECK(says(run, "again: davit retry web/1 dev"));
}

TEST_CASE("tries that fail are told, alike ones once") {
  Site site(3, on_targets(R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo x >>did; test $(wc -l <did) -gt 1"
  retries = 2
  every = "10ms"
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK_MESSAGE(says(run, "One " + kAll + " | ↻ try 1 of 3: exit status 1; again in 10ms\n"),
                run.err);
}

TEST_CASE("CI: one group a step over its targets, and one annotation for all that failed alike") {
  Site site(3, on_targets(kFails));
  site.fleet.write(2, "bad", "");
  site.fleet.write(3, "bad", "");
  site.told.set("GITHUB_ACTIONS", "true");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(times(run.err, "::group::") == 2);
  CHECK(times(run.err, "::endgroup::") == 2);
  CHECK(says(run, "One " + kAll + "\n::stop-commands::"));
  CHECK(times(run.err, "::error ") == 1);
  CHECK(says(run, "step One failed on 127.0.1.2 127.0.1.3: exit status 4"));
}

TEST_CASE("davit is killed while a target prints: no line is doubled or lost after the resume") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Slow"
  run = "for i in 1 2 3; do echo line $i; done; while ! test -e go; do sleep 0.05; done; echo line 4"
)"));
  const std::string log = ".git/davit/runs/web/1/dev/1/log";
  {
    auto running = site.told.start_davit({"run"});
    while (site.told.read(log).find("| line 3\n") == std::string::npos)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    running.kill(SIGKILL);
    running.wait();
  }
  site.fleet.write(1, "go", "");
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 0, resumed.err);
  CHECK(says(resumed, "| line 4\n"));
  CHECK_FALSE(says(resumed, "| line 3\n"));
  for (int line = 1; line <= 4; ++line)
    CHECK(times(site.told.read(log), "| line " + std::to_string(line) + "\n") == 1);
}

TEST_CASE("what targets print commands no terminal, and breaks no line of davit's") {
  Site site(3, on_targets(R"(
  [[environments.dev.steps]]
  name = "Evil"
  run = "printf '\\033[2J\\033[H\\033]0;title\\007  batch 9/9   ✔\\r\\n\\377\\n'; head -c 300000 /dev/zero | tr '\\0' x"
)"));
  Terminal terminal(site.told, {"run"});
  CHECK(terminal.wait() == 0);
  const auto screen = terminal.screen();
  CHECK(screen.find("web/1 → dev  plan ") == 0);
  CHECK(screen.find("Evil " + kAll + " |   batch 9/9   ✔\n") != std::string::npos);
  CHECK(screen.find("Evil " + kAll + " | �\n") != std::string::npos);
  CHECK(screen.find("✔ 1 step × 3 targets   ") != std::string::npos);
}

}  // namespace
