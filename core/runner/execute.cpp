// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <csignal>

#include "core/runner/approach.hpp"
#include "core/runner/course.hpp"
#include "core/runner/run.hpp"
#include "core/runner/runner.hpp"

namespace davit {

namespace {

constexpr Duration kHeartbeat{1000};
constexpr Duration kMoment{100};

void beat(Run& run, const Interrupts& interrupts) {
  if (interrupts.heartbeat) interrupts.heartbeat();
  if (run.halt.canceled || !interrupts.cancel_asked || !interrupts.cancel_asked()) return;
  run.halt.canceled = true;
  ++run.halt.endings;
  run.teller.note("canceled: the running steps are ended");
}

std::vector<Loop::Watch> listen(Run& run, const Interrupts& interrupts) {
  const auto stop = [&run](int signal) {
    run.halt.signal = signal;
    if (++run.halt.signals == 1) {
      run.teller.note("stopping after the running steps (again: at once)");
    } else {
      ++run.halt.endings;
      run.teller.note("stopping at once");
    }
  };
  std::vector<Loop::Watch> watches;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    watches.push_back(run.loop.on_signal(signal, stop));
  watches.push_back(run.loop.every(kHeartbeat, [&] { beat(run, interrupts); }));
  watches.push_back(run.loop.every(kMoment, [&] { run.teller.moment(); }));
  return watches;
}

// A journal of other steps would tell lies about these; and without a target nothing would run and
// all would be well.
Outcome fits(const Plan& plan, const std::vector<StepProgress>& left) {
  if (plan.rounds.empty() && !plan.steps.empty() && !plan.picked)
    return Error{"the plan has no target", "deploy anew"};
  for (const auto& known : left) {
    const auto index = static_cast<std::size_t>(known.index);
    if (known.index >= 0 && index < plan.steps.size() && plan.steps[index].step.name == known.step)
      continue;
    return Error{
        fmt::format("the journal of this deployment knows a step {} {} that the plan lacks",
                    known.index + 1, known.step),
        "the plan has changed since; deploy anew"};
  }
  return Done{};
}

}  // namespace

Result<RunReport> execute(const RunRequest& request, Approach& approach, Teller& teller,
                          const Clock& clock, const Interrupts& interrupts) {
  const auto began = clock.now();
  DAVIT_TRY(auto journal, Journal::open(request.folder));
  DAVIT_TRY(auto left, journal.left());
  DAVIT_CHECK(fits(request.plan, left));
  LoggedLines logged;
  DAVIT_TRY(auto log, LogFollower::open(request.folder + "/log",
                                        [&](std::string_view line) { logged.line(line); }));
  approach.arrive();
  auto& loop = approach.loop();
  Run run{request, teller, clock, loop, journal, log, {}, {}, {}};
  run.logged = std::move(logged);
  const auto watches = listen(run, interrupts);
  auto report = Course(run, approach.targets(), std::move(left)).go();
  if (!report) return report;
  while (log.follow([](std::string_view) {})) {
  }
  report->log = log.digest();
  report->took = clock.now() - began;
  report->signal = run.halt.signal;
  return report;
}

}  // namespace davit
