// SPDX-License-Identifier: MIT
#include "core/runner/target_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/runner/deeds.hpp"
#include "core/runner/ending.hpp"
#include "core/runner/plain_line.hpp"
#include "core/runner/target_script.hpp"
#include "core/ssh/remote_names.hpp"
#include "core/ssh/why_lost.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;
using std::chrono::seconds;

constexpr Duration kGrace = seconds(5);          // between TERM and KILL
constexpr int kFirstWays = 3;                    // tries to reach a target that nothing began on
constexpr Duration kLongestPause = seconds(30);  // between tries of one that is waited for
constexpr Duration kLongestLoss = seconds(60);   // then nobody can tell
constexpr Duration kAtOnce = seconds(5);
constexpr int kMostInVain = 8;  // a shell that ends again and again won't do what is asked of it

std::string and_then(std::string why, const std::string& next) {
  if (!next.empty() && why.ends_with('.')) why.pop_back();
  return fmt::format("{}{}{}", why, next.empty() ? "" : "; ", next);
}

}  // namespace

TargetStep::TargetStep(Run& run, Targets& targets, const Spot& spot, const StepEnvironment& values,
                       const StepProgress* left)
    : run_(run),
      targets_(targets),
      spot_(spot),
      target_(spot.target),
      log_(run.log.file(), name_in_log(spot), run.mask, run.clock,
           [this](std::string_view line) { tell(line); }),
      site_{run,
            targets,
            spot,
            remote_key(run.request.plan.release.definition, run.request.deployment),
            remote_place(run.request.plan.release.definition, run.request.deployment.environment),
            values,
            log_,
            run.clock.now(),
            [this](Tried tried) { came(std::move(tried)); },
            [this] { begin_anew(); },
            [this](const Error& error) { lost(error); }},
      deed_(target_deed(site_)) {
  if (!left || left->tries == 0) {
    condition_ = target_condition(site_);
    return;
  }
  site_.began = left->began;
  attempt_ = left->tries;
  begun_ = left->progress == Progress::running;
}

// With the target's name: two targets may be one account of one machine.
std::string TargetStep::name() const {
  return fmt::format("{}.{}@{}", spot_.planned.index, attempt_, target_);
}

Listener TargetStep::listener() {
  const auto doing = [this] { return stage_ == Stage::wondering || stage_ == Stage::doing; };
  return {[this] { ready(); },
          [this, doing](std::string_view bytes) {
            in_vain_ = 0;
            if (doing()) current().take(bytes);
          },
          [this, doing](const Answer& answer) {
            in_vain_ = 0;
            if (answer.front() == "told") return log_.output(words_from(answer, 2) + "\n");
            if (doing()) current().hear(answer);
          },
          [this](const Error& error) { lost(error); }};
}

void TargetStep::tell(std::string_view line) {
  std::string room;
  run_.teller.line(spot_.planned, target_, plain_line(line, room), false);
}

void TargetStep::start() {
  if (begun_) {
    log_.note(fmt::format("asking what became of it, begun {}", text(site_.began)));
    // The target sends all of it again.
    log_.skip(run_.logged.of(log_name(name_in_log(spot_))));
    limit(run_.clock.now() - site_.began);
  }
  reach();
}

void TargetStep::reach() {
  stage_ = Stage::reaching;
  ++ways_;
  const bool was_ready = targets_.ready(target_) != nullptr;
  if (const auto reached = targets_.reach(target_, listener()); !reached)
    return refused(reached.error());
  if (was_ready) ready();
}

// There is no way: trying again changes nothing, but what was begun there goes on.
void TargetStep::refused(const Error& error) {
  const auto why = and_then(error.message, error.hint);
  if (!begun_) return settle(Status::failed, why);
  if (lost_at_ == Instant{}) lost_at_ = run_.clock.now();
  lost_for_good(why, false);
}

void TargetStep::ready() {
  ways_ = 0;
  lost_at_ = {};
  ready_at_ = run_.clock.now();
  if (condition_) return wonder();
  if (!begun_) return begin();
  stage_ = Stage::doing;
  deed_->ask(name(), attempt_);
}

void TargetStep::leave_open() {
  result_.open = true;
  stage_ = Stage::over;
}

void TargetStep::wonder() {
  const auto name = fmt::format("{}.if@{}", spot_.planned.index, target_);
  if (!wondered_ && (run_.halt.stopping() || why_)) return leave_open();
  stage_ = Stage::wondering;
  if (std::exchange(wondered_, true)) return condition_->ask(name, 0);
  condition_->begin(name, 0);
  limit(Duration{0});
}

// The connection went before the target heard of it: the same try can be begun.
void TargetStep::begin_anew() {
  if (condition_) {
    wondered_ = false;
    return wonder();
  }
  begun_ = false;
  --attempt_;
  begin();
}

void TargetStep::begin() {
  if (run_.halt.stopping() || why_) return leave_open();
  ++attempt_;
  stage_ = Stage::writing;
  const auto put = run_.journal.put({.index = spot_.planned.index,
                                     .target = target_,
                                     .step = spot_.step().name,
                                     .attempt = attempt_,
                                     .repeatable = repeatable(spot_.step().action),
                                     .remote = true},
                                    run_.clock.now());
  if (!put) written(put);
}

// The target never hears of a try that is only being written.
void TargetStep::take_back() {
  if (stage_ != Stage::writing) return;
  --attempt_;
  stage_ = Stage::reaching;
}

void TargetStep::written(const Outcome& synced) {
  if (stage_ != Stage::writing) return;
  if (!synced) {
    trouble_ = synced.error();
    stage_ = Stage::over;
    return;
  }
  begun_ = true;
  stage_ = Stage::doing;
  log_.skip(0);
  log_.note(attempt_ == 1 ? "started" : fmt::format("started, try {}", attempt_));
  run_.teller.step_started(spot_.planned, target_, attempt_);
  deed_->begin(name(), attempt_);
  limit(Duration{0});
}

// Its time runs since it began, whoever began it.
void TargetStep::limit(Duration gone_by) {
  const auto& longest = spot_.step().timeout;
  if (longest)
    timeout_ = run_.loop.after(*longest - gone_by, [this] { end(TryEnd::Why::timeout); });
}

void TargetStep::leave() {
  take_back();
  if (!begun_ && !wondered_ && stage_ != Stage::over) leave_open();
}

void TargetStep::end(TryEnd::Why why) {
  if (stage_ == Stage::over || (why_ && killed_)) return;
  take_back();
  const bool again = why_.has_value();
  if (!again) why_ = why;
  if ((!begun_ && !wondered_) || stage_ == Stage::resting) {
    if (run_.halt.stopping() && why != TryEnd::Why::timeout) return leave_open();
    return settle(Status::canceled, "ended on request");
  }
  killed_ = again;
  current().end(*why_);
  if (!again) grace_ = run_.loop.after(kGrace, [this] { end(*why_); });
}

void TargetStep::lost(const Error& error) {
  if (stage_ == Stage::over || stage_ == Stage::resting) return;
  take_back();
  const auto now = run_.clock.now();
  if (lost_at_ == Instant{}) lost_at_ = now;
  if (const auto since = std::exchange(ready_at_, {}); since != Instant{})
    in_vain_ = now - since < kAtOnce ? in_vain_ + 1 : 0;
  const bool late = now - lost_at_ > kLongestLoss || in_vain_ >= kMostInVain;
  if (begun_ && (late || run_.halt.stopping())) return lost_for_good(error.message, late);
  const bool distrusted = is_distrusted(error.message);
  const bool waits = !distrusted && now - lost_at_ < spot_.patience;
  if (!begun_ && ways_ >= kFirstWays && !waits) {
    const auto next = targets_.next_step(target_, error.message);
    return settle(Status::failed, and_then("can't reach it: " + error.message, next));
  }
  if (!begun_ && ways_ == kFirstWays) {
    log_.note("waits for it: " + error.message);
    run_.teller.note(fmt::format("waits for {}: {}", target_, error.message));
  }
  if (begun_) log_.note("connection lost: " + error.message);
  stage_ = Stage::reaching;
  timer_ = run_.loop.after(pause(), [this] { reach(); });
}

// Before the next way is tried: longer each time, but it does not outlast the patience.
Duration TargetStep::pause() const {
  const auto longer = Duration(200) * std::max(ways_, in_vain_);
  if (begun_ || ways_ < kFirstWays) return longer;
  const auto left = spot_.patience - (run_.clock.now() - lost_at_);
  return std::clamp<Duration>(longer * ways_, Duration(200),
                              std::max(Duration(200), std::min(kLongestPause, left)));
}

void TargetStep::lost_for_good(const std::string& message, bool late) {
  const bool again = repeatable(spot_.step().action);
  if (!late && again) return leave_open();
  unheard_ = !again;
  result_.open = !late;
  settle(
      again ? Status::failed : Status::uncertain,
      fmt::format("connection lost {}, target not reachable since: {}", text(lost_at_), message));
}

void TargetStep::rest(const std::string& why) {
  deed_->forget();
  stage_ = Stage::resting;
  begun_ = false;
  why_.reset();
  killed_ = false;
  const FailedTry failed{attempt_, spot_.step().retries + 1, run_.mask.apply(why),
                         spot_.step().every};
  log_.note(text(failed));
  run_.teller.retrying(spot_.planned, target_, failed);
  timer_ = run_.loop.after(spot_.step().every, [this] { reach(); });
}

void TargetStep::came(Tried tried) {
  if (stage_ == Stage::over) return;
  if (stage_ == Stage::wondering && tried.status == Status::succeeded) {
    condition_.reset();
    wondered_ = false;
    return begin();
  }
  result_.outputs = std::move(tried.outputs);
  result_.open = tried.open || (stage_ == Stage::wondering && run_.halt.stopping());
  settle(tried.status, std::move(tried.message));
}

void TargetStep::settle(Status status, std::string message) {
  timeout_.reset();
  grace_.reset();
  const bool again =
      status == Status::failed && begun_ && attempt_ <= spot_.step().retries && !run_.halt.canceled;
  if (again) return rest(message);
  result_.status = status;
  result_.message = std::move(message);
  stage_ = Stage::over;
}

Result<std::optional<StepRecord>> TargetStep::record() {
  timer_.reset();
  if (trouble_) return *trouble_;
  if (result_.open) return std::optional<StepRecord>();
  auto record = record_of(spot_);
  record.status = result_.status;
  record.message = run_.mask.apply(result_.message);
  record.tries = attempt_;
  // Where it can't be told whether its condition holds, the target was reached all the same.
  if (wondered_ && record.status != Status::skipped) record.tries = 1;
  const auto now = run_.clock.now();
  record.took = std::max(now - site_.began, Duration{0});
  log_.note(fmt::format("{} after {}{}{}", davit::text(record.status), rough(record.took),
                        record.message.empty() ? "" : ": ", record.message));
  // The target may know more: without an end in the journal it is asked again by `resume`.
  if (unheard_) return std::optional(std::move(record));
  DAVIT_CHECK(run_.journal.put(spot_.planned.index, record, result_.outputs, now));
  return std::optional(std::move(record));
}

// Not before: until then the target is the only one who knows.
void TargetStep::forget() {
  if (attempt_ > 0 && !result_.open && !unheard_) deed_->forget();
}

}  // namespace davit
