// SPDX-License-Identifier: MIT
// What davit does itself gives way, too: requests, secrets and artifacts under way when people want
// to stop, and a disk that is full.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <future>

#include "tests/world/loopback_server.hpp"
#include "tests/world/runner_stage.hpp"

namespace davit {
namespace {

using stage::Stage;
using stage::text;
using End = RunReport::End;

// A stage with a server that keeps whoever asks waiting until it is let go.
struct Slow : Stage {
  explicit Slow(const std::string& method) {
    add("Ask", HttpAction{server.address(), method, {}, "", {}});
  }
  ~Slow() { let_go(); }
  void let_go() {
    if (!gone) go.set_value();
    gone = true;
  }
  int asked() const { return static_cast<int>(server.asked().size()); }

  std::promise<void> go;
  std::shared_future<void> going = go.get_future().share();
  bool gone = false;
  LoopbackServer server{[this](const Asked&) {
    going.wait();
    return answer(200, "done");
  }};
};

// Ctrl-C twice, once this is so.
void stop_at_once(Stage& stage, const std::function<bool()>& now) {
  stage.interrupts.heartbeat = [now, stopped = false]() mutable {
    if (stopped || !now()) return;
    stopped = true;
    ::raise(SIGINT);
    ::raise(SIGTERM);
  };
}

TEST_CASE("runner: a request under way gives way to Ctrl-C, and is made again") {
  Slow stage("GET");
  stop_at_once(stage, [&] { return stage.asked() == 1; });
  auto report = stage.report();
  CHECK(report.end == End::interrupted);
  CHECK(text(report.steps) == "Ask not-started");
  stage.let_go();
  stage.interrupts = {};
  report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(text(report.steps) == "Ask succeeded");
}

TEST_CASE("runner: a POST under way gives way to Ctrl-C, and is not made again unasked") {
  Slow stage("POST");
  stop_at_once(stage, [&] { return stage.asked() == 1; });
  auto report = stage.report();
  CHECK(report.end == End::interrupted);
  CHECK(text(report.steps) == "Ask canceled: ended on request");
  stage.let_go();
  stage.interrupts = {};
  CHECK(stage.report().end == End::uncertain);
  CHECK(stage.asked() == 1);
  stage.request.run_uncertain = true;
  report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(stage.asked() == 2);
}

TEST_CASE("runner: a request under way gives way to a cancel; always runs then, if it may") {
  Slow stage("GET");
  stage.run("Clean", "echo clean").when = Step::When::always;
  stage.plan.steps[1].step.condition = "true";
  stage.interrupts.cancel_asked = [&] { return stage.asked() == 1; };
  const auto report = stage.report();
  CHECK(report.ended == Ended::canceled);
  CHECK(text(report.steps) == "Ask canceled: ended on request, Clean succeeded");
}

TEST_CASE("runner: a request that takes too long fails") {
  Slow stage("GET");
  stage.plan.steps[0].step.timeout = Duration{300};
  const auto report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(report.steps[0].status == StepRecord::Status::failed);
}

TEST_CASE("runner: asking for a secret gives way to Ctrl-C, and nothing of it is left") {
  Stage stage;
  stage.run("Login", "echo in");
  stage.secret("TOKEN", {SecretSource::Kind::command, "echo $$ > asking; exec sleep 1000"});
  const auto asking = stage.path("top/asking");
  stop_at_once(stage, [&] { return !Stage::read(asking).empty(); });
  const auto report = stage.report();
  CHECK(report.end == End::interrupted);
  CHECK(text(report.steps) == "Login not-started");
  CHECK(::kill(std::stoi(Stage::read(asking)), 0) != 0);
}

TEST_CASE("runner: an upload that takes too long is given up, and nothing is put in place") {
  Stage stage;
  stage.write("motd", "hello");
  stage.request.artifact_paths["motd"] = stage.path("motd");
  stage.add("Put", UploadAction{"motd", stage.path("etc/motd"), false}).timeout = Duration{0};
  const auto report = stage.report();
  CHECK(report.steps[0].status == StepRecord::Status::failed);
  CHECK(report.steps[0].message.starts_with("took too long and was ended after "));
  CHECK(std::filesystem::is_empty(stage.path("etc")));
}

// Files end at a megabyte, as they would on a full disk.
TEST_CASE("runner: a disk that fills up during a step takes nothing but output") {
  Stage stage;
  stage.run("Flood", "yes | head -c 3000000; echo x >> $DAVIT_REPOSITORY/runs");
  stage.run("After", "echo x >> $DAVIT_REPOSITORY/runs");
  const int davit = ::fork();
  REQUIRE(davit >= 0);
  if (davit == 0) {
    const rlimit little{1 << 20, 1 << 20};
    ::setrlimit(RLIMIT_FSIZE, &little);
    const auto report = stage.execute();
    const bool told = stage.teller.heard("note the log is not whole: its disk is full");
    ::_exit(!report ? 1 : report->ended != Ended::succeeded ? 2 : told ? 0 : 3);
  }
  int status = 0;
  ::waitpid(davit, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(stage.progress(0).ended);
  CHECK(stage.progress(1).ended);
  CHECK(stage.report().end == End::finished);
  CHECK(Stage::read(stage.path("top/runs")) == "x\nx\n");
}

}  // namespace
}  // namespace davit
