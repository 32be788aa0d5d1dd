// SPDX-License-Identifier: MIT
#include "core/runner/together.hpp"

#include <algorithm>
#include <list>

#include "core/runner/plain_line.hpp"

namespace davit {

namespace {

// Tells what came of the step since the last time, target by target.
bool tell(Run& run, const PlannedStep& planned, const std::vector<std::string>& targets) {
  const auto step = log_name(planned.step.name + "@");
  std::string room;
  constexpr std::size_t kTime = 25;  // "2026-11-22T14:03:07.123Z "
  return run.log.follow([&](std::string_view line) {
    if (line.size() < kTime + step.size() || line.compare(kTime, step.size(), step) != 0) return;
    line.remove_prefix(kTime + step.size());
    for (const auto& target : targets) {
      if (!line.starts_with(target)) continue;
      const auto rest = line.substr(target.size());
      if (!rest.starts_with(" | ")) continue;
      run.teller.line(planned, target, plain_line(rest.substr(3), room), false);
      return;
    }
  });
}

// Where the step's secrets can't be asked for, it begins nowhere.
Result<std::vector<TargetOutcome>> all_fail(Run& run, const PlannedStep& planned,
                                            const std::vector<std::string>& targets,
                                            const std::string& why) {
  std::vector<TargetOutcome> outcomes;
  for (const auto& target : targets) {
    StepRecord record;
    record.phase = planned.phase;
    record.step = planned.step.name;
    record.target = target;
    record.status = StepRecord::Status::failed;
    record.message = run.mask.apply(why);
    record.reversible = planned.step.reversible;
    DAVIT_CHECK(run.journal.end(planned.index, record, {}, run.clock.now()));
    outcomes.push_back({target, std::move(record), false});
  }
  return outcomes;
}

}  // namespace

Result<std::vector<TargetOutcome>> do_together(
    Run& run, Targets& ways, const PlannedStep& planned, const std::vector<std::string>& targets,
    const std::function<const StepProgress*(const std::string& target)>& left) {
  const auto values = target_environment(run, planned);
  if (!values) return all_fail(run, planned, targets, values.error().message);
  std::list<TargetStep> steps;
  for (const auto& target : targets)
    steps.emplace_back(run, ways, Spot{planned, target}, *values, left(target));
  for (auto& step : steps) step.start();
  int endings = run.halt.endings;
  run.loop.until([&] {
    for (; endings < run.halt.endings; ++endings)
      for (auto& step : steps) step.end(TryEnd::Why::asked);
    if (run.halt.stopping())
      for (auto& step : steps) step.leave();
    while (tell(run, planned, targets)) {
    }
    return std::all_of(steps.begin(), steps.end(), [](const auto& step) { return step.done(); });
  });
  std::vector<TargetOutcome> outcomes;
  for (auto& step : steps) {
    DAVIT_TRY(auto record, step.record());
    outcomes.push_back({step.target(), std::move(record), step.unreachable()});
  }
  while (tell(run, planned, targets)) {
  }
  return outcomes;
}

}  // namespace davit
