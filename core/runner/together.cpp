// SPDX-License-Identifier: MIT
#include "core/runner/together.hpp"

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
    DAVIT_CHECK(run.journal.put(planned.index, record, {}, run.clock.now()));
    run.teller.step_finished(planned, record);
    records.emplace_back(std::move(record));
  }
  DAVIT_CHECK(run.journal.sync());
  return records;
}

// The records of steps as they end: those that end at the same moment are written together, and
// told at once.
class EndedSteps {
 public:
  EndedSteps(Run& run, const PlannedStep& planned, std::list<TargetStep>& steps)
      : run_(run), planned_(planned), steps_(steps), records_(steps.size()), has_(steps.size()) {}

  // Whether all have ended.
  bool all() {
    std::size_t i = 0;
    bool all = true;
    std::vector<std::pair<std::size_t, TargetStep*>> ended;
    for (auto& step : steps_) {
      if (!has_[i] && step.done() && !trouble_ && take(i, step)) ended.emplace_back(i, &step);
      all = all && step.done();
      ++i;
    }
    if (!ended.empty()) keep(ended);
    return all;
  }

  Result<TargetRecords> records() {
    if (trouble_) return *trouble_;
    // In the order of the targets, whoever was first.
    for (const auto& step : steps_)
      for (const auto& output : step.outputs()) run_.outputs.push_back(output);
    return std::move(records_);
  }

 private:
  bool take(std::size_t i, TargetStep& step) {
    auto record = step.record();
    if (!record) {
      trouble_ = record.error();
      return false;
    }
    has_[i] = true;
    records_[i] = *std::move(record);
    return true;
  }

  void keep(const std::vector<std::pair<std::size_t, TargetStep*>>& ended) {
    if (const auto synced = run_.journal.sync(); !synced) {
      trouble_ = synced.error();
      return;
    }
    for (const auto& [i, step] : ended) {
      step->forget();
      if (records_[i]) run_.teller.step_finished(planned_, *records_[i]);
    }
  }

  Run& run_;
  const PlannedStep& planned_;
  std::list<TargetStep>& steps_;
  TargetRecords records_;
  std::vector<bool> has_;
  std::optional<Error> trouble_;
};

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
  EndedSteps ends(run, planned, steps);
  run.loop.until([&] {
    for (; endings < run.halt.endings; ++endings)
      for (auto& step : steps) step.end(TryEnd::Why::asked);
    if (run.halt.stopping())
      for (auto& step : steps) step.leave();
    const auto synced = run.journal.sync();
    for (auto& step : steps) step.written(synced);
    return ends.all();
  });
  return ends.records();
}

}  // namespace davit
