// SPDX-License-Identifier: MIT
// After kill -9 of davit: nothing twice, nothing forgotten, nothing guessed.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "tests/world/runner_stage.hpp"

namespace davit {
namespace {

using stage::await;
using stage::await_file;
using stage::Stage;
using stage::text;
using End = RunReport::End;

// A step that says when it began and ends when it may; each run of it leaves a line.
constexpr const char* kSlow =
    "echo begun >> $DAVIT_REPOSITORY/slow; echo first; touch $DAVIT_REPOSITORY/begun\n"
    "while [ ! -e $DAVIT_REPOSITORY/go ]; do sleep 0.02; done\n"
    "echo last; echo END=well >> $DAVIT_OUTPUT";

void kill_and_reap(int process) {
  ::kill(process, SIGKILL);
  ::waitpid(process, nullptr, 0);
}

// Three steps, davit killed in the middle of the second.
struct Killed : Stage {
  Killed() {
    run("Before", "echo before >> $DAVIT_REPOSITORY/before");
    run("Slow", kSlow).outputs = {"END"};
    run("After", "echo after: $END");
    const int davit = execute_apart();
    await_file(path("top/begun"));
    kill_and_reap(davit);
  }
  void let_go() const { write("top/go", ""); }
  int count(const std::string& name) const {
    const auto lines = read(path("top/" + name));
    return static_cast<int>(std::count(lines.begin(), lines.end(), '\n'));
  }
};

TEST_CASE("runner: a step outlives davit; the next one waits for it and runs nothing twice") {
  Killed stage;
  CHECK_FALSE(Journal::alive(stage.folder()));
  CHECK(stage.progress(0).progress == Progress::done);
  CHECK(stage.progress(1).progress == Progress::running);
  CHECK(stage.progress(2).progress == Progress::not_started);

  stage.teller.then = [&](const std::string& told) {
    if (told == "start Slow 1") stage.let_go();
  };
  const auto report = stage.report();
  CHECK(text(report.steps) == "Before succeeded, Slow succeeded, After succeeded");
  CHECK(stage.count("before") == 1);
  CHECK(stage.count("slow") == 1);
  CHECK(stage.teller.heard("Slow| last"));
  CHECK_FALSE(stage.teller.heard("start Before 1"));
  CHECK(stage.teller.heard("After| after: well"));
  const auto log = stage.log();
  CHECK(log.find("Slow | first\n") != log.npos);
  CHECK(log.find("Slow | last\n") != log.npos);
  CHECK(report.log == sha256(log));
}

TEST_CASE("runner: what ended while no davit lived is known, and counted once") {
  Killed stage;
  stage.let_go();
  await([&] { return stage.progress(1).progress == Progress::done; });
  CHECK_FALSE(stage.progress(1).ended);
  CHECK(stage.progress(1).record.status == StepRecord::Status::succeeded);
  CHECK(text(stage.report().steps) == "Before succeeded, Slow succeeded, After succeeded");
  CHECK(stage.count("slow") == 1);
  CHECK(stage.teller.heard("After| after: well"));
  CHECK(stage.progress(1).ended);
}

TEST_CASE("runner: where the supervisor was killed, too, nobody can tell") {
  Killed stage;
  await([&] { return stage.progress(1).last.start->process > 0; });
  const auto known = stage.progress(1);
  ::kill(known.last.start->supervisor, SIGKILL);
  ::kill(-known.last.start->process, SIGKILL);
  await([&] { return stage.progress(1).progress == Progress::uncertain; });

  auto report = stage.report();
  CHECK(report.end == End::uncertain);
  CHECK(report.at == "Slow");
  CHECK(text(report.steps) == "Before not-started, Slow uncertain, After not-started");
  CHECK(stage.count("slow") == 1);

  SUBCASE("a yes runs it again") { stage.request.run_uncertain = true; }
  SUBCASE("an idempotent step needs none") { stage.plan.steps[1].step.idempotent = true; }
  stage.let_go();
  report = stage.report();
  const bool again = stage.request.run_uncertain || stage.plan.steps[1].step.idempotent;
  CHECK(report.end == (again ? End::finished : End::uncertain));
  CHECK(stage.count("slow") == (again ? 2 : 1));
  if (again) CHECK(report.steps[1].tries == 2);
}

TEST_CASE("runner: tries go on where they were") {
  Stage stage;
  auto& step =
      stage.run("Flaky",
                "echo x >> $DAVIT_REPOSITORY/tries; touch $DAVIT_REPOSITORY/begun.$DAVIT_TRY\n"
                "while [ ! -e $DAVIT_REPOSITORY/go ]; do sleep 0.02; done; test $DAVIT_TRY = 3");
  step.retries = 2;
  const int davit = stage.execute_apart();
  await_file(stage.path("top/begun.1"));
  kill_and_reap(davit);
  stage.write("top/go", "");
  const auto report = stage.report();
  CHECK(text(report.steps) == "Flaky succeeded");
  CHECK(report.steps[0].tries == 3);
  CHECK(Stage::read(stage.path("top/tries")) == "x\nx\nx\n");
}

TEST_CASE("runner: what was ended on request while no davit lived is asked about, and runs again") {
  Killed stage;
  ::kill(stage.progress(1).last.start->supervisor, SIGTERM);
  await([&] { return stage.progress(1).progress == Progress::done; });
  CHECK(stage.progress(1).record.status == StepRecord::Status::canceled);
  CHECK(stage.report().end == End::uncertain);
  stage.let_go();
  stage.request.run_uncertain = true;
  CHECK(text(stage.report().steps) == "Before succeeded, Slow succeeded, After succeeded");
  CHECK(stage.count("slow") == 2);
}

TEST_CASE("runner: two davits don't run one deployment") {
  Stage stage;
  stage.run("Slow", kSlow);
  const int davit = stage.execute_apart();
  await_file(stage.path("top/begun"));
  CHECK(Journal::alive(stage.folder()));
  const auto second = stage.execute();
  REQUIRE_FALSE(second);
  CHECK(second.error().failure == Failure::busy);
  stage.write("top/go", "");
  int status = 0;
  ::waitpid(davit, &status, 0);
  CHECK(WEXITSTATUS(status) == static_cast<int>(End::finished));
}

TEST_CASE("runner: a journal of other steps is not gone on with") {
  Stage stage;
  stage.run("Build", "true");
  stage.report();
  stage.plan.steps[0].step.name = "Switch";
  const auto report = stage.execute();
  REQUIRE_FALSE(report);
  CHECK(report.error().message ==
        "the journal of this deployment knows a step 1 Build that the plan lacks");
}

TEST_CASE("runner: a cut last line of the journal counts as not written") {
  Stage stage;
  stage.run("Build", "echo x >> $DAVIT_REPOSITORY/builds");
  stage.report();
  const auto path = stage.folder() + "/journal";
  const auto whole = Stage::read(path);
  std::filesystem::resize_file(path, whole.size() - 5);
  const auto known = stage.progress(0);
  CHECK(known.progress == Progress::done);
  CHECK_FALSE(known.ended);
  stage.report();
  CHECK(Stage::read(stage.path("top/builds")) == "x\n");
  CHECK(stage.progress(0).ended);
}

TEST_CASE("runner: a second run of what is finished runs nothing") {
  Stage stage;
  stage.run("Build", "echo x >> $DAVIT_REPOSITORY/builds");
  stage.run("Fail", "exit 1").continue_on_error = true;
  const auto first = stage.report();
  const auto second = stage.report();
  CHECK(second.steps == first.steps);
  CHECK(second.ended == Ended::partial);
  CHECK(Stage::read(stage.path("top/builds")) == "x\n");
}

TEST_CASE("runner: there is no journal before there is one") {
  Stage stage;
  CHECK(Journal::read(stage.folder())->empty());
  CHECK_FALSE(Journal::alive(stage.folder()));
}

}  // namespace
}  // namespace davit
