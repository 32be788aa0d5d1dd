// SPDX-License-Identifier: MIT
// A run's picture, and the lines that show it.
#include "cli/run_rows.hpp"

#include <doctest/doctest.h>

#include "cli/utf8.hpp"

namespace davit {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Status = StepRecord::Status;
using Lines = std::vector<std::string>;

// A run of these steps on web01, web02, … in these batches, with a clock that is set.
struct Watched {
  Plan plan;
  RunPicture picture;
  Instant now{std::chrono::hours(1)};
  std::size_t at = 0;

  Watched(const std::vector<std::string>& steps, const std::vector<int>& batches) {
    for (const auto& name : steps) {
      PlannedStep planned;
      planned.index = static_cast<int>(plan.steps.size());
      planned.step.name = name;
      plan.steps.push_back(planned);
    }
    int first = 1;
    for (std::size_t batch = 0; batch < batches.size(); ++batch) {
      std::vector<std::string> targets;
      for (int i = 0; i < batches[batch]; ++i, ++first)
        targets.push_back((first < 10 ? "web0" : "web") + std::to_string(first));
      if (targets.empty()) targets.push_back(kLocal);
      for (const auto& step : plan.steps)
        plan.rounds.push_back({.step = step.index,
                               .targets = targets,
                               .batch = static_cast<int>(batch),
                               .batches = static_cast<int>(batches.size())});
    }
    picture = RunPicture(plan);
  }

  void begin() {
    picture.round_started(plan.rounds[at], now);
    for (const auto& target : plan.rounds[at].targets) picture.step_started(target, 1, now);
  }
  void end(const std::string& target, Status status = Status::succeeded, int tries = 1) {
    StepRecord record;
    record.target = target;
    record.status = status;
    record.tries = tries;
    record.took = seconds(3);
    picture.step_finished(record);
  }
  // The round that runs is over everywhere.
  void over() {
    for (const auto& target : plan.rounds[at].targets) end(target);
    picture.round_ended(now);
    ++at;
  }
  Lines lines(TerminalSize size = {24, 100}) const { return rows(picture, Style{}, size, now); }
};

}  // namespace

TEST_CASE("one target: its steps, and how each ended") {
  Watched run({"Unpack", "Migrate", "Switch"}, {1, 2});
  CHECK(run.lines().empty());
  run.plan.steps[1].step.once = true;
  run.picture = RunPicture(run.plan);
  run.begin();
  CHECK(run.lines() ==
        Lines{"  batch 1/2   web01                    Unpack …  Migrate  Switch   0 s"});
  run.now += seconds(4);
  run.over();
  run.begin();
  run.end("web01", Status::failed);
  run.picture.round_ended(run.now);
  CHECK(run.lines() ==
        Lines{"  batch 1/2   web01                    Unpack ✔  Migrate ✘ once  Switch   4 s"});
}

TEST_CASE("several targets: how many are done, who is not, and how long it takes") {
  Watched run({"Switch", "Smoke"}, {1, 10});
  for (int round = 0; round < 2; ++round) {
    run.begin();
    run.now += seconds(10);
    run.over();
  }
  run.begin();
  run.now += seconds(4);
  for (const int target : {2, 3, 4, 5, 6, 8, 10, 11})
    run.end((target < 10 ? "web0" : "web") + std::to_string(target));
  CHECK(run.lines() == Lines{"  batch 2/2   ████████░░ 8/10          Switch  web07 web09"
                             "   4 s, about 16 s left"});
  run.end("web07", Status::failed);
  CHECK(run.lines() == Lines{"  batch 2/2   █████████░ 9/10          Switch  web09   1 failed"
                             "   4 s, about 16 s left"});
  run.now += seconds(30);  // longer than ever: nobody knows
  CHECK(run.lines().front().find("left") == std::string::npos);
}

TEST_CASE("nothing is said of the time left where nothing is known of it") {
  Watched run({"Switch", "Smoke"}, {4});
  run.begin();
  run.now += seconds(1);
  run.end("web01");
  CHECK(run.lines().front().find("left") == std::string::npos);
  run.picture.known("Switch", seconds(9));
  run.picture.known("Smoke", seconds(2));
  CHECK(run.lines().front().find("about 10 s left") != std::string::npos);
}

TEST_CASE("who takes long has a line, with what it printed last or how much it was sent") {
  Watched run({"Switch"}, {4});
  run.begin();
  run.picture.line("web02", "draining");
  run.picture.sent("web03", 1'000'000, 4'000'000);
  CHECK(run.lines().size() == 1);
  run.now += seconds(4);
  run.end("web01");
  CHECK(run.lines() == Lines{"  ██░░░░░░░░ 1/4           Switch  web02…web04 (3)   4 s",
                             "    web02  4 s  draining",
                             "    web03  4 s  1.0 MB of 4.0 MB  250 kB/s, about 13 s left"});
}

TEST_CASE("no more lines than fit") {
  Watched run({"Switch"}, {200});
  run.begin();
  run.now += seconds(4);
  for (const auto& target : run.plan.rounds[0].targets) run.picture.line(target, "busy");
  const auto lines = run.lines({12, 100});
  REQUIRE(lines.size() == 4);
  CHECK(lines.back() == "    … and 198 more");
  CHECK(lines[1] == "    web01  4 s  busy");
}

TEST_CASE("steps that do not fit are counted") {
  std::vector<std::string> steps;
  for (int i = 1; i <= 12; ++i) steps.push_back("A step with a name " + std::to_string(i));
  Watched run(steps, {0});
  run.begin();
  run.over();
  run.begin();
  CHECK(run.lines({24, 60}) == Lines{"  1/12  A step with a name 2 …   0 s"});
}

TEST_CASE("a batch that is over is a line, with those that failed or were left behind") {
  Watched run({"One", "Two"}, {3});
  for (auto& round : run.plan.rounds) round.skip_unreachable = true;
  run.begin();
  run.end("web01", Status::failed, 0);
  run.end("web02", Status::failed);
  run.end("web03");
  run.picture.round_ended(run.now);
  ++run.at;
  run.picture.round_started(run.plan.rounds[1], run.now);
  run.end("web01", Status::skipped);
  run.end("web02", Status::skipped);
  run.end("web03");
  run.now += seconds(7);
  run.picture.round_ended(run.now);
  CHECK(row(*run.picture.batch(), Style{}, 100, run.now) ==
        "  web01…web03 (3)          One ✘ 2  Two ✔   1 failed   1 behind   7 s");
}

TEST_CASE("a step for failures is not waited for, and not shown when nothing failed") {
  Watched run({"One", "Rescue"}, {1});
  run.plan.steps[1].step.when = Step::When::failure;
  run.picture = RunPicture(run.plan);
  run.picture.known("One", seconds(5));
  run.begin();
  CHECK(run.lines() == Lines{"  web01                    One …   0 s, about 5 s left"});
}

TEST_CASE("a line is cut within its columns, whatever is in it") {
  CHECK(cut("abc", 3) == "abc");
  CHECK(cut("日本語", 5) == "日本");
  CHECK(cut("\x1b[31mred\x1b[0m", 2) == "\x1b[31mre\x1b[0m");
  CHECK(cut("e\xcc\x81g", 1) == "e\xcc\x81");
  CHECK(head("aä", 2) == "a");
  CHECK(head("aä", 3) == "aä");
}

}  // namespace davit
