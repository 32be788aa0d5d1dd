// SPDX-License-Identifier: MIT
#include "core/runner/step_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/runner/deeds.hpp"
#include "core/runner/ending.hpp"
#include "core/runner/environment.hpp"
#include "core/runner/errand.hpp"
#include "core/runner/run_step.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;

class StepRun {
 public:
  StepRun(Run& run, const Spot& spot, const StepProgress* left)
      : run_(run), spot_(spot), began_(run.clock.now()), endings_(run.halt.endings) {
    if (!left) return;
    if (left->tries > 0) began_ = left->began;
    attempt_ = left->tries;
    running_ = left->progress == Progress::running;
    ended_ =
        left->progress == Progress::done && !left->ended && left->record.status != Status::canceled;
  }

  Result<std::optional<StepRecord>> go() {
    if (attempt_ == 0 && !spot_.step().condition.empty()) {
      auto holds = condition();
      if (run_.halt.stopping()) return std::optional<StepRecord>();
      if (asked_to_end()) return finish(given_up(run_, GaveUp::asked, {}));
      if (!holds) return finish({Status::failed, holds.error().message, {}});
      if (!holds->holds) {
        DAVIT_TRY(auto skipped,
                  skip_step(run_, spot_, Status::skipped,
                            fmt::format("its condition ended with exit status {}", holds->status)));
        return std::optional(std::move(skipped));
      }
    }
    DAVIT_TRY(auto tried, first());
    const int most = std::max(spot_.step().retries + 1, attempt_);
    while (tried.status == Status::failed && attempt_ < most && !run_.halt.canceled) {
      if (!pause(tried, most)) return std::optional<StepRecord>();
      DAVIT_TRY(tried, begin());
    }
    if (tried.open) return std::optional<StepRecord>();
    return finish(tried);
  }

 private:
  Result<Condition> condition() {
    DAVIT_CHECK(ask_environment());
    return check_condition(run_, spot_, *environment_);
  }

  Outcome ask_environment() {
    if (environment_) return Done{};
    DAVIT_TRY(environment_, step_environment(run_, spot_));
    return Done{};
  }

  // What was begun before us comes first.
  Result<Tried> first() {
    if (running_) {
      run_.teller.note(
          fmt::format("took over {}, which runs since {}", spot_.step().name, text(began_)));
      run_.teller.step_started(spot_.planned, spot_.target, attempt_);
      return attach_script(run_, spot_, attempt_);
    }
    if (ended_) return ended_script(run_, spot_, attempt_);
    return begin();
  }

  Result<Tried> begin() {
    const auto& action = spot_.step().action;
    const bool script = std::holds_alternative<RunAction>(action);
    if (script) {
      const auto asked = ask_environment();
      if (run_.halt.stopping() || asked_to_end()) return given_up(run_, GaveUp::asked, {});
      if (!asked) {
        ++attempt_;
        return Tried{Status::failed, asked.error().message, {}};
      }
    }
    ++attempt_;
    DAVIT_CHECK(run_.journal.begin(
        {spot_.planned.index, spot_.target, spot_.step().name, attempt_, repeatable(action)},
        run_.clock.now()));
    note(run_, spot_, attempt_ == 1 ? "started" : fmt::format("started, try {}", attempt_));
    run_.teller.step_started(spot_.planned, spot_.target, attempt_);
    return script ? run_script(run_, spot_, *environment_, attempt_)
                  : do_deed(run_, spot_, attempt_);
  }

  // While it ran; a cancel from before does not keep an `always` step from running.
  bool asked_to_end() const { return run_.halt.endings > endings_; }

  // Whether to go on afterwards.
  bool pause(const Tried& tried, int most) {
    const FailedTry failed{attempt_, most, run_.mask.apply(tried.message), spot_.step().every};
    note(run_, spot_, text(failed));
    run_.teller.retrying(spot_.planned, spot_.target, failed);
    const auto halted = [&] { return run_.halt.stopping() || run_.halt.canceled; };
    return !run_.loop.until(halted, spot_.step().every) && !run_.halt.stopping();
  }

  Result<std::optional<StepRecord>> finish(const Tried& tried) {
    auto record = record_of(spot_);
    record.status = tried.status;
    record.message = run_.mask.apply(tried.message);
    record.tries = std::max(attempt_, 1);
    const auto now = run_.clock.now();
    record.took = std::max(now - began_, Duration{0});
    note(run_, spot_,
         fmt::format("{} after {}{}{}", text(record.status), rough(record.took),
                     record.message.empty() ? "" : ": ", record.message));
    DAVIT_CHECK(run_.journal.end(spot_.planned.index, record, tried.outputs, now));
    for (const auto& output : tried.outputs) run_.outputs.push_back(output);
    return std::optional(std::move(record));
  }

  Run& run_;
  const Spot& spot_;
  Instant began_;
  int endings_;
  int attempt_ = 0;
  bool running_ = false;  // the last try was begun by an earlier davit
  bool ended_ = false;    // and ended without one
  std::optional<StepEnvironment> environment_;
};

}  // namespace

Result<std::optional<StepRecord>> run_step(Run& run, const Spot& spot, const StepProgress* left) {
  return StepRun(run, spot, left).go();
}

Result<StepRecord> skip_step(Run& run, const Spot& spot, Status status, std::string why) {
  auto record = record_of(spot);
  record.status = status;
  record.tries = 0;
  record.message = std::move(why);
  note(run, spot, fmt::format("{}: {}", text(status), record.message));
  DAVIT_CHECK(run.journal.end(spot.planned.index, record, {}, run.clock.now()));
  return record;
}

}  // namespace davit
