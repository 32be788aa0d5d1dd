// SPDX-License-Identifier: MIT
// Stopping: timeouts, Ctrl-C once and twice, a cancel, a person's turn.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "tests/world/runner_stage.hpp"

namespace davit {
namespace {

using stage::await_file;
using stage::Stage;
using stage::text;
using End = RunReport::End;

constexpr const char* kUntilGo =
    "touch $DAVIT_REPOSITORY/begun; while [ ! -e $DAVIT_REPOSITORY/go ]; do sleep 0.02; done";

bool gone(const std::string& file) {
  const int process = std::stoi(Stage::read(file));
  return ::kill(process, 0) != 0 && errno == ESRCH;
}

TEST_CASE("runner: a timeout ends the step and whatever it started, stubborn or not") {
  Stage stage;
  // The grandchild ignores TERM and holds the output.
  auto& step = stage.run("Hang",
                         "sh -c 'trap \"\" TERM; echo $$ > child; exec sleep 1000' &\n"
                         "while [ ! -s child ]; do sleep 0.01; done; echo hanging; wait");
  step.timeout = Duration{1500};
  stage.run("After", "echo after").when = Step::When::always;
  const auto report = stage.report();
  CHECK(report.steps[0].status == StepRecord::Status::failed);
  CHECK(report.steps[0].message.starts_with("took too long and was ended after "));
  CHECK(stage.teller.heard("Hang| hanging"));
  CHECK(gone(stage.path("checkout/child")));
  CHECK(stage.teller.heard("After| after"));
}

TEST_CASE("runner: what a step leaves running lives on, and keeps nobody waiting") {
  Stage stage;
  stage.run("Start",
            "sh -c 'echo $$ > server; trap \"\" PIPE; while [ ! -e stop ]; do echo alive || "
            "echo broken > broken; sleep 0.02; done; echo done > stopped' &\n"
            "while [ ! -s server ]; do sleep 0.01; done; echo started");
  CHECK(text(stage.report().steps) == "Start succeeded");
  CHECK(stage.teller.heard("Start| started"));
  CHECK_FALSE(gone(stage.path("checkout/server")));
  stage.write("checkout/stop", "");
  await_file(stage.path("checkout/stopped"));
  CHECK_FALSE(std::filesystem::exists(stage.path("checkout/broken")));
}

TEST_CASE("runner: Ctrl-C once stops after the running step, and a resume goes on") {
  Stage stage;
  stage.run("Slow", kUntilGo);
  stage.run("After", "echo after");
  stage.teller.then = [&](const std::string& told) {
    if (told == "start Slow 1") ::raise(SIGINT);
    if (told.starts_with("note stopping")) stage.write("top/go", "");
  };
  auto report = stage.report();
  CHECK(report.end == End::interrupted);
  CHECK(report.signal == SIGINT);
  CHECK(report.at == "After");
  CHECK(text(report.steps) == "Slow succeeded, After not-started");
  CHECK(stage.teller.heard("note stopping after the running steps (again: at once)"));
  report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(text(report.steps) == "Slow succeeded, After succeeded");
}

TEST_CASE("runner: Ctrl-C twice ends the running step, which a resume asks about") {
  Stage stage;
  stage.run("Slow",
            "echo x >> $DAVIT_REPOSITORY/runs; trap 'echo ended; exit 1' TERM; echo waiting\n" +
                std::string(kUntilGo));
  stage.run("After", "echo after");
  stage.teller.then = [&](const std::string& told) {
    if (told != "Slow| waiting") return;
    ::raise(SIGTERM);
    ::raise(SIGHUP);
  };
  auto report = stage.report();
  CHECK(report.end == End::interrupted);
  CHECK(report.at == "Slow");
  CHECK(report.steps[0].status == StepRecord::Status::canceled);
  CHECK(report.steps[1].status == StepRecord::Status::not_started);
  CHECK(stage.teller.heard("Slow| ended"));

  stage.teller.then = nullptr;
  report = stage.report();
  CHECK(report.end == End::uncertain);
  CHECK(Stage::read(stage.path("top/runs")) == "x\n");
  stage.write("top/go", "");
  stage.request.run_uncertain = true;
  report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(report.steps[0].tries == 2);
  CHECK(Stage::read(stage.path("top/runs")) == "x\nx\n");
}

TEST_CASE("runner: a cancel ends the running step; only always runs then") {
  Stage stage;
  stage.run("Slow", kUntilGo);
  stage.run("Next", "echo next");
  stage.run("Undo", "echo undo").when = Step::When::failure;
  stage.run("Clean", "echo clean").when = Step::When::always;
  int beats = 0;
  stage.interrupts.heartbeat = [&] { ++beats; };
  stage.interrupts.cancel_asked = [&] { return std::filesystem::exists(stage.path("top/begun")); };
  const auto report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(report.ended == Ended::canceled);
  CHECK(beats > 0);
  CHECK(report.steps[0].status == StepRecord::Status::canceled);
  CHECK(report.steps[1].message == "the deployment was canceled");
  CHECK(report.steps[2].message == "the deployment was canceled");
  CHECK(report.steps[3].status == StepRecord::Status::succeeded);
}

TEST_CASE("runner: a manual step stops, until a person goes on") {
  Stage stage;
  stage.run("Build", "true");
  stage.add("Cable", ManualAction{"Swap the cable"});
  stage.run("After", "echo after");
  auto report = stage.report();
  CHECK(report.end == End::manual);
  CHECK(report.at == "Cable");
  CHECK(report.message == "Swap the cable");
  CHECK(text(report.steps) == "Build succeeded, Cable not-started, After not-started");
  CHECK(stage.report().end == End::manual);
  stage.request.go_on_past_manual = "Cable";
  report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(text(report.steps) ==
        "Build succeeded, Cable succeeded: a person went on, After succeeded");
}

TEST_CASE("runner: a wait waits, and gives way to Ctrl-C") {
  Stage stage;
  stage.add("Breathe", WaitAction{Duration{1}});
  stage.add("Sleep", WaitAction{std::chrono::hours(5)});
  stage.teller.then = [&](const std::string& told) {
    if (told == "start Sleep 1") ::raise(SIGINT);
  };
  auto report = stage.report();
  CHECK(report.end == End::interrupted);
  CHECK(text(report.steps) == "Breathe succeeded, Sleep not-started");
  stage.plan.steps[1].step.action = WaitAction{Duration{1}};
  CHECK(text(stage.report().steps) == "Breathe succeeded, Sleep succeeded");
}

TEST_CASE("runner: nohup stays nohup") {
  Stage stage;
  stage.run("Hang up", "kill -HUP " + std::to_string(::getpid()) + "; echo still here");
  ::signal(SIGHUP, SIG_IGN);
  CHECK(stage.report().end == End::finished);
  ::signal(SIGHUP, SIG_DFL);
}

}  // namespace
}  // namespace davit
