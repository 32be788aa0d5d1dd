// SPDX-License-Identifier: MIT
#include "core/runner/target_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/runner/ending.hpp"
#include "core/runner/outputs.hpp"
#include "core/runner/plain_line.hpp"
#include "core/ssh/remote_text.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;
using std::chrono::seconds;

constexpr Duration kGrace = seconds(5);      // between TERM and KILL
constexpr Duration kGlance = Duration(100);  // at what is left of a step
constexpr int kGlances = 50;
constexpr Duration kAgain = Duration(200);      // before a target is asked again
constexpr int kFirstWays = 3;                   // tries to reach a target that nothing began on
constexpr Duration kLongestLoss = seconds(60);  // then nobody can tell

template <typename Number>
Number number(const std::string& word) {
  Number value{};
  std::from_chars(word.data(), word.data() + word.size(), value);
  return value;
}

std::string words_from(const Answer& answer, std::size_t first) {
  std::string out;
  for (auto i = first; i < answer.size(); ++i) out += (out.empty() ? "" : " ") + answer[i];
  return out;
}

std::string key_of(const RunRequest& request) {
  return fmt::format("{}/{}/{}/{}", request.plan.release.definition,
                     request.deployment.release.value, request.deployment.environment,
                     request.deployment.attempt);
}

}  // namespace

TargetStep::TargetStep(Run& run, Targets& targets, const Spot& spot, const StepEnvironment& values,
                       const StepProgress* left)
    : run_(run),
      targets_(targets),
      spot_(spot),
      target_(spot.target),
      values_(values),
      key_(key_of(run.request)),
      log_(run.log.file(), spot.step().name + "@" + spot.target, run.mask, run.clock,
           [this](std::string_view line) { tell(line); }),
      began_(run.clock.now()) {
  if (!left || left->tries == 0) return;
  began_ = left->began;
  attempt_ = left->tries;
  begun_ = left->progress == Progress::running;
}

// With the target's name: two targets may be one account of one machine.
std::string TargetStep::name() const {
  return fmt::format("{}.{}@{}", spot_.planned.index, attempt_, target_);
}

Listener TargetStep::listener() {
  return {[this] { ready(); }, [this](std::string_view bytes) { take(bytes); },
          [this](const Answer& answer) { hear(answer); },
          [this](const Error& error) { lost(error); }};
}

void TargetStep::tell(std::string_view line) {
  std::string room;
  run_.teller.line(spot_.planned, target_, plain_line(line, room), false);
}

void TargetStep::start() {
  if (begun_) {
    log_.note(fmt::format("asking what became of it, begun {}", text(began_)));
    limit(run_.clock.now() - began_);
  }
  reach();
}

void TargetStep::say(const std::string& text) {
  // Where it is lost, that will be heard.
  if (auto* shell = targets_.ready(target_)) shell->say(text);
}

void TargetStep::reach() {
  stage_ = Stage::reaching;
  ++ways_;
  const bool was_ready = targets_.ready(target_) != nullptr;
  if (const auto reached = targets_.reach(target_, listener()); !reached)
    return settle(Status::failed, reached.error().message);
  if (was_ready) ready();
}

void TargetStep::ready() {
  ways_ = 0;
  lost_at_ = {};
  if (!begun_) return begin();
  stage_ = Stage::asking;
  say(probe(key_, name()));
}

void TargetStep::begin() {
  if (run_.halt.stopping() || why_) {
    open_ = true;
    stage_ = Stage::over;
    return;
  }
  ++attempt_;
  came_ = 0;
  status_.reset();
  const auto written = run_.journal.begin({.index = spot_.planned.index,
                                           .target = target_,
                                           .step = spot_.step().name,
                                           .attempt = attempt_,
                                           .remote = true},
                                          run_.clock.now());
  if (!written) {
    trouble_ = written.error();
    stage_ = Stage::over;
    return;
  }
  begun_ = true;
  stage_ = Stage::beginning;
  log_.note(attempt_ == 1 ? "started" : fmt::format("started, try {}", attempt_));
  run_.teller.step_started(spot_.planned, target_, attempt_);
  RemoteTry wanted{.key = key_,
                   .place = fmt::format("{}/{}", run_.request.plan.release.definition,
                                        run_.request.deployment.environment),
                   .fence = run_.request.fence,
                   .name = name(),
                   .script = std::get<RunAction>(spot_.step().action).script,
                   .shell = spot_.step().shell,
                   .directory = spot_.step().directory,
                   .values = values_};
  if (const auto& host = targets_.host(target_);
      host.shell != Step::Shell::sh && wanted.shell == Step::Shell::sh)
    wanted.shell = host.shell;
  wanted.values["DAVIT_TARGET"] = target_;
  wanted.values["DAVIT_TRY"] = std::to_string(attempt_);
  if (auto* shell = targets_.ready(target_)) shell->say(beginning(wanted, shell->token()));
  limit(Duration{0});
}

// Its time runs since it began, whoever began it.
void TargetStep::limit(Duration gone_by) {
  const auto& longest = spot_.step().timeout;
  if (longest)
    timeout_ = run_.loop.after(*longest - gone_by, [this] { end(TryEnd::Why::timeout); });
}

void TargetStep::follow() {
  stage_ = Stage::running;
  say(davit::follow(key_, name(), came_));
  if (why_ && !status_) say(signal_try(key_, name(), killed_ ? "KILL" : "TERM"));
}

void TargetStep::hear(const Answer& answer) {
  if (answer.size() < 2 || answer[1] != name() || stage_ == Stage::over) return;
  const auto& word = answer.front();
  if (word == "begun" && stage_ == Stage::beginning) return follow();
  if (word == "runs") return still_running();
  if (word == "ended" && answer.size() > 3)
    return ended(number<int>(answer[2]), number<std::size_t>(answer[3]));
  // The connection went before the target heard of it: the same try can be begun.
  if (word == "none") {
    begun_ = false;
    --attempt_;
    return begin();
  }
  if (word == "known") return say(probe(key_, name()));
  if (word == "gone")
    return settle(Status::uncertain, "its supervisor is gone, and nobody can tell how it ended");
  if (word == "fenced")
    return settle(Status::failed, fmt::format("a later deployment (lease {}) has been here",
                                              words_from(answer, 2)));
  if (word == "failed") return settle(Status::failed, words_from(answer, 2));
  if (word == "file" && answer.size() > 2) {
    wanted_ = number<std::size_t>(answer[2]);
    return look_whether_all_came();
  }
  if (word == "killed" || word == "left") {
    // KILL comes before it is given up.
    if (word == "killed" || (++looks_ > kGlances && killed_)) return conclude(word == "killed");
    timer_ = run_.loop.after(kGlance, [this] { say(finish(key_, name())); });
  }
}

// Its supervisor tells its end to whoever began it; after a new connection the target is asked.
void TargetStep::still_running() {
  if (stage_ == Stage::asking) follow();
  again_ = run_.loop.after(kAgain, [this] { say(probe(key_, name())); });
}

void TargetStep::ended(int status, std::size_t size) {
  again_.reset();
  if (status_) return;  // told twice
  status_ = status;
  size_ = size;
  if (stage_ == Stage::asking || stage_ == Stage::beginning) follow();
  look_whether_all_came();
}

void TargetStep::take(std::string_view bytes) {
  if (stage_ == Stage::fetching) {
    fetched_.append(bytes);
    return look_whether_all_came();
  }
  came_ += bytes.size();
  log_.output(bytes);
  look_whether_all_came();
}

void TargetStep::look_whether_all_came() {
  if (stage_ == Stage::fetching) {
    if (wanted_ && fetched_.size() >= *wanted_) conclude(true);
    return;
  }
  if (!status_ || came_ < size_ || stage_ == Stage::over) return;
  log_.finish();
  timeout_.reset();
  say(unfollow());
  if (why_) return say(finish(key_, name()));
  if (*status_ == 0 && !spot_.step().outputs.empty()) return fetch();
  conclude(true);
}

void TargetStep::fetch() {
  stage_ = Stage::fetching;
  fetched_.clear();
  wanted_.reset();
  say(send_file(key_, name(), "output"));
}

// `gone`: nothing of what was asked to end is left.
void TargetStep::conclude(bool gone) {
  auto end = ending({.why = why_.value_or(TryEnd::Why::itself),
                     .status = *status_,
                     .took = run_.clock.now() - began_,
                     .gone = gone})
                 .record;
  if (end.status != Status::succeeded) return settle(end.status, std::move(end.message));
  auto outputs = parse_outputs(fetched_, spot_.step().outputs, run_.mask);
  if (!outputs) return settle(Status::failed, outputs.error().message);
  outputs_ = *std::move(outputs);
  settle(Status::succeeded, "");
}

void TargetStep::leave() {
  if (begun_ || stage_ == Stage::over) return;
  open_ = true;
  stage_ = Stage::over;
}

void TargetStep::end(TryEnd::Why why) {
  if (stage_ == Stage::over || (why_ && killed_)) return;
  const bool again = why_.has_value();
  if (!again) why_ = why;
  if (!begun_ || stage_ == Stage::resting) {
    open_ = run_.halt.stopping() && why != TryEnd::Why::timeout;
    if (open_)
      stage_ = Stage::over;
    else
      settle(Status::canceled, "ended on request");
    return;
  }
  killed_ = again;
  looks_ = 0;
  say(signal_try(key_, name(), again ? "KILL" : "TERM"));
  if (!again) grace_ = run_.loop.after(kGrace, [this] { end(*why_); });
}

void TargetStep::lost(const Error& error) {
  if (stage_ == Stage::over) return;
  const auto now = run_.clock.now();
  if (lost_at_ == Instant{}) lost_at_ = now;
  const bool late = now - lost_at_ > kLongestLoss;
  if (begun_ && (late || run_.halt.stopping())) {
    unheard_ = true;
    open_ = !late;
    return settle(Status::uncertain,
                  fmt::format("connection lost {}, target not reachable since: {}", text(lost_at_),
                              error.message));
  }
  if (!begun_ && ways_ >= kFirstWays) {
    const bool unknown = error.message.find("Host key verification failed") != std::string::npos;
    return settle(Status::failed, "can't reach it: " + error.message +
                                      (unknown ? " davit hosts trust shows its key" : ""));
  }
  if (begun_) log_.note("connection lost: " + error.message);
  stage_ = Stage::reaching;
  timer_ = run_.loop.after(Duration(200) * ways_, [this] { reach(); });
}

void TargetStep::rest(const std::string& why) {
  say(forget(key_, name()));
  stage_ = Stage::resting;
  begun_ = false;
  why_.reset();
  killed_ = false;
  log_.note(fmt::format("try {} of {}: {}; again in {}", attempt_, spot_.step().retries + 1, why,
                        text(spot_.step().every)));
  timer_ = run_.loop.after(spot_.step().every, [this] { reach(); });
}

void TargetStep::settle(Status status, std::string message) {
  timeout_.reset();
  grace_.reset();
  const bool again =
      status == Status::failed && begun_ && attempt_ <= spot_.step().retries && !run_.halt.canceled;
  if (again) return rest(message);
  result_ = status;
  message_ = std::move(message);
  stage_ = Stage::over;
}

Result<std::optional<StepRecord>> TargetStep::record() {
  timer_.reset();
  again_.reset();
  if (trouble_) return *trouble_;
  if (open_) return std::optional<StepRecord>();
  auto record = record_of(spot_);
  record.status = result_;
  record.message = run_.mask.apply(message_);
  record.tries = attempt_;
  const auto now = run_.clock.now();
  record.took = std::max(now - began_, Duration{0});
  log_.note(fmt::format("{} after {}{}{}", davit::text(record.status), rough(record.took),
                        record.message.empty() ? "" : ": ", record.message));
  // The target may know more: without an end in the journal it is asked again by `resume`.
  if (unheard_) return std::optional(std::move(record));
  DAVIT_CHECK(run_.journal.end(spot_.planned.index, record, outputs_, now));
  // Not before: until then the target is the only one who knows.
  if (attempt_ > 0) say(forget(key_, name()));
  for (const auto& output : outputs_) run_.outputs.push_back(output);
  return std::optional(std::move(record));
}

}  // namespace davit
