// SPDX-License-Identifier: MIT
#include "core/runner/course.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/runner/dry_step.hpp"
#include "core/runner/step_run.hpp"
#include "core/runner/together.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;

StepRecord left_out(const Spot& spot, Status status) {
  auto record = record_of(spot);
  record.status = status;
  record.tries = 0;
  return record;
}

}  // namespace

Course::Course(Run& run, Targets& targets, std::vector<StepProgress> left)
    : run_(run), targets_(targets), receipts_(run, targets_) {
  targets_.greet_with(greeting_of(run));
  for (auto& step : left) left_[{step.index, step.target}] = std::move(step);
  for (const auto& round : run.request.plan.rounds)
    for (const auto& target : round.targets) last_[target] = &round;
}

const StepProgress* Course::left(const Spot& spot) const {
  const auto found = left_.find({spot.planned.index, spot.target});
  return found == left_.end() ? nullptr : &found->second;
}

const PlannedStep& Course::planned(const Round& round) const {
  return run_.request.plan.steps[static_cast<std::size_t>(round.step)];
}

Result<RunReport> Course::go() {
  if (nobody_can_tell()) return std::move(report_);
  for (const auto& round : run_.request.plan.rounds) {
    DAVIT_TRY(const bool on, pass(round));
    give_receipts(round);
    if (!on) break;
  }
  receipts_.wait();
  finish();
  return std::move(report_);
}

// Asked before anything runs, so that whoever says yes has seen all of it.
bool Course::nobody_can_tell() {
  for (const auto& round : run_.request.plan.rounds) {
    for (const auto& target : round.targets) {
      const Spot spot{planned(round), target};
      const auto* known = left(spot);
      if (!known || !must_ask(spot, *known)) continue;
      stop(RunReport::End::uncertain, spot,
           known->progress == Progress::done
               ? known->record.message
               : fmt::format("began {}, and nobody can tell whether it ended", text(known->began)));
      finish();
      return true;
    }
  }
  return false;
}

Result<bool> Course::pass(const Round& round) {
  const auto halted = [this] { return run_.halt.stopping() || run_.halt.canceled; };
  if (round.pause > Duration{0} && failed_.empty() && !halted())
    run_.loop.until(halted, round.pause);
  run_.teller.round_started(round);
  DAVIT_TRY(const bool on, round.targets.front() == kLocal
                               ? pass(Spot{planned(round), round.targets.front()})
                               : pass_together(round));
  run_.teller.round_ended(round);
  return on;
}

Result<std::vector<std::string>> Course::left_to_do(const Round& round) {
  std::vector<std::string> out;
  for (const auto& target : round.targets) {
    const Spot spot{planned(round), target};
    const auto* known = left(spot);
    const bool meant = spot.step().enabled && spot.step().when == Step::When::success;
    if (known && known->progress == Progress::done && known->ended &&
        known->record.status != Status::canceled) {
      for (const auto& output : known->outputs) run_.outputs.push_back(output);
      if (meant && known->record.status == Status::skipped && !skipped(spot.step(), target).empty())
        in_part_.insert(target);
      count(round, known->record);
      run_.teller.was_done(spot.planned, known->record);
      take(spot, known->record);
      continue;
    }
    auto why = known && known->tries > 0 ? "" : skipped(spot.step(), target);
    if (why.empty()) {
      out.push_back(target);
      continue;
    }
    if (meant) in_part_.insert(target);
    DAVIT_TRY(auto record, skip_step(run_, spot, Status::skipped, std::move(why)));
    tell(spot, std::move(record));
  }
  return out;
}

void Course::give_receipts(const Round& round) {
  for (const auto& target : round.targets) {
    if (target == kLocal || last_[target] != &round || failed_on_.count(target) > 0) continue;
    const bool whole =
        std::all_of(report_.steps.begin(), report_.steps.end(), [&](const StepRecord& record) {
          return record.target != target || record.status == Status::succeeded ||
                 record.status == Status::skipped || record.status == Status::failed;
        });
    const bool all_told = recorded_.count({round.step, target}) > 0;
    if (whole && all_told && in_part_.count(target) == 0) receipts_.done(target);
  }
}

Result<bool> Course::pass_together(const Round& round) {
  const auto& step = planned(round);
  DAVIT_TRY(const auto targets, left_to_do(round));
  if (targets.empty()) return true;
  DAVIT_TRY(auto records,
            do_together(run_, targets_, {step, targets, round.patience}, [&](const auto& target) {
              return left({step, target});
            }));
  bool on = true;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Spot spot{step, targets[i]};
    if (records[i]) count(round, *records[i]);
    on = (records[i] ? take(spot, *std::move(records[i]))
                     : stop(RunReport::End::interrupted, spot, "")) &&
         on;
  }
  return on;
}

void Course::count(const Round& round, const StepRecord& record) {
  if (record.status != Status::failed || planned(round).step.continue_on_error) return;
  const bool unreachable = record.tries == 0;
  const auto why = unreachable ? "it can't be reached" : record.step + " failed there";
  const bool first = failed_on_.emplace(record.target, why).second;
  if (first && unreachable && round.skip_unreachable) ++behind_;
  if (failed_on_.size() - behind_ < round.failures || !failed_.empty()) {
    partial_ = true;
  } else {
    failed_ = record.step;
    report_.at = failed_;
  }
}

// Whether it may only be run again on somebody's word.
bool Course::must_ask(const Spot& spot, const StepProgress& known) const {
  if (spot.step().idempotent || run_.request.run_uncertain) return false;
  if (known.progress == Progress::uncertain) return true;
  return known.progress == Progress::done && known.record.status == Status::canceled;
}

std::string Course::skipped(const Step& step, const std::string& target) const {
  if (!step.enabled) return "it is not enabled";
  if (step.when == Step::When::always) return "";
  if (run_.halt.canceled) return "the deployment was canceled";
  if (const auto here = failed_on_.find(target); here != failed_on_.end())
    return step.when == Step::When::failure ? "" : here->second;
  if (step.when == Step::When::failure) return failed_.empty() ? "nothing failed" : "";
  return failed_.empty() ? "" : failed_ + " failed";
}

Result<bool> Course::pass(const Spot& spot) {
  const auto* known = left(spot);
  const bool halfway = known && known->progress == Progress::done && known->ended &&
                       known->record.status == Status::canceled;
  if (known && known->progress == Progress::done && known->ended && !halfway) {
    for (const auto& output : known->outputs) run_.outputs.push_back(output);
    run_.teller.was_done(spot.planned, known->record);
    return take(spot, known->record);
  }
  const bool running = known && known->progress == Progress::running;
  if (run_.halt.stopping() && !running) return stop(RunReport::End::interrupted, spot, "");
  if (!known || known->tries == 0) {
    if (auto why = skipped(spot.step(), spot.target); !why.empty()) {
      DAVIT_TRY(auto record, skip_step(run_, spot, Status::skipped, std::move(why)));
      return tell(spot, std::move(record));
    }
    if (run_.request.dry) return tell(spot, tell_dry(run_, spot));
    if (std::holds_alternative<ManualAction>(spot.step().action)) return go_past_manual(spot);
  }
  DAVIT_TRY(auto record, run_step(run_, spot, known));
  if (!record) return stop(RunReport::End::interrupted, spot, "");
  return tell(spot, *std::move(record));
}

Result<bool> Course::go_past_manual(const Spot& spot) {
  if (run_.request.go_on_past_manual != spot.step().name)
    return stop(RunReport::End::manual, spot,
                std::get<ManualAction>(spot.step().action).instructions);
  DAVIT_TRY(auto record, skip_step(run_, spot, Status::succeeded, "a person went on"));
  return tell(spot, std::move(record));
}

bool Course::tell(const Spot& spot, StepRecord record) {
  run_.teller.step_finished(spot.planned, record);
  return take(spot, std::move(record));
}

bool Course::take(const Spot& spot, StepRecord record) {
  const auto where = spot.target == kLocal ? "" : " on " + spot.target;
  const auto message = fmt::format("{}{}: {}", record.step, where, record.message);
  const auto status = record.status;
  recorded_.insert({spot.planned.index, spot.target});
  report_.steps.push_back(std::move(record));
  if (status == Status::canceled) report_.at = spot.step().name;
  if (status == Status::uncertain) return stop(RunReport::End::uncertain, spot, message);
  if (status == Status::canceled && !run_.halt.canceled)
    return stop(RunReport::End::interrupted, spot, message);
  if (status == Status::failed && spot.step().continue_on_error) partial_ = true;
  if (status == Status::failed && !spot.step().continue_on_error && failed_.empty() &&
      spot.target == kLocal) {
    failed_ = spot.step().name;
    report_.at = failed_;
  }
  if (status == Status::failed && report_.message.empty()) report_.message = message;
  return true;
}

bool Course::stop(RunReport::End end, const Spot& spot, std::string message) {
  report_.end = end;
  report_.at = spot.step().name;
  if (!message.empty()) report_.message = std::move(message);
  return false;
}

// What has no record yet was not begun, or nobody can tell.
void Course::finish() {
  for (const auto& round : run_.request.plan.rounds) {
    const auto& step = planned(round);
    for (const auto& target : round.targets) {
      if (recorded_.count({round.step, target}) > 0) continue;
      const auto* known = left({step, target});
      const bool uncertain = known && known->progress == Progress::uncertain;
      report_.steps.push_back(
          left_out({step, target}, uncertain ? Status::uncertain : Status::not_started));
    }
  }
  report_.ended = run_.halt.canceled ? Ended::canceled
                  : !failed_.empty() ? Ended::failed
                  : partial_         ? Ended::partial
                                     : Ended::succeeded;
}

}  // namespace davit
