// SPDX-License-Identifier: MIT
#include "core/runner/together.hpp"

#include <algorithm>
#include <list>

#include "core/runner/cargo.hpp"

namespace davit {

namespace {

// Where the step's secrets can't be asked for, or its archive not be read, it begins nowhere.
Result<TargetRecords> all_fail(Run& run, const PlannedStep& planned,
                               const std::vector<std::string>& targets, const Error& why) {
  TargetRecords records;
  for (const auto& target : targets) {
    auto record = record_of({planned, target});
    record.status = StepRecord::Status::failed;
    record.message = run.mask.apply(failed_by(why).message);
    DAVIT_CHECK(run.journal.end(planned.index, record, {}, run.clock.now()));
    records.emplace_back(std::move(record));
  }
  return records;
}

}  // namespace

Result<TargetRecords> do_together(
    Run& run, Targets& ways, const Together& wanted,
    const std::function<const StepProgress*(const std::string& target)>& left) {
  const auto& planned = wanted.planned;
  const auto values = target_environment(run, planned);
  if (!values) return all_fail(run, planned, wanted.targets, values.error());
  if (const auto* upload = std::get_if<UploadAction>(&planned.step.action)) {
    const auto loaded = load_cargo(run, *upload);
    if (!loaded) return all_fail(run, planned, wanted.targets, loaded.error());
  }
  std::list<TargetStep> steps;
  for (const auto& target : wanted.targets)
    steps.emplace_back(run, ways, Spot{planned, target, wanted.patience}, *values, left(target));
  for (auto& step : steps) step.start();
  int endings = run.halt.endings;
  run.loop.until([&] {
    for (; endings < run.halt.endings; ++endings)
      for (auto& step : steps) step.end(TryEnd::Why::asked);
    if (run.halt.stopping())
      for (auto& step : steps) step.leave();
    return std::all_of(steps.begin(), steps.end(), [](const auto& step) { return step.done(); });
  });
  TargetRecords records;
  for (auto& step : steps) {
    DAVIT_TRY(auto record, step.record());
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace davit
