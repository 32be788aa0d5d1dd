// SPDX-License-Identifier: MIT
#include "core/runner/target_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/runner/outputs.hpp"
#include "core/ssh/remote_text.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;
using std::chrono::seconds;

constexpr Duration kGrace = seconds(5);      // between TERM and KILL
constexpr Duration kGlance = Duration(100);  // at what is left of a step
constexpr Duration kAgain = Duration(200);
constexpr int kGlances = 50;
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

std::string how(int status) {
  if (status > 128) return fmt::format("ended by signal {}", status - 128);
  return fmt::format("exit status {}", status);
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
      log_(run.log.file(), spot.step().name + "@" + spot.target, run.mask, run.clock),
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

void TargetStep::start() {
  if (begun_) log_.note(fmt::format("asking what became of it, begun {}", text(began_)));
  reach();
}

void TargetStep::say(const std::string& text) {
  // Where it is lost, that will be heard.
  if (auto* session = targets_.ready(target_)) session->say(text);
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
  if (auto* session = targets_.ready(target_)) session->say(beginning(wanted, session->token()));
  if (spot_.step().timeout)
    timeout_ = run_.loop.after(*spot_.step().timeout, [this] { end(TryEnd::Why::timeout); });
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
    if (word == "killed" || ++looks_ > kGlances) return check_gone();
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
    if (wanted_ && fetched_.size() >= *wanted_) conclude();
    return;
  }
  if (!status_ || came_ < size_ || stage_ == Stage::over) return;
  log_.finish();
  timeout_.reset();
  say(unfollow());
  if (why_) {
    looks_ = 0;
    say(finish(key_, name()));
    return;
  }
  if (*status_ == 0 && !spot_.step().outputs.empty()) return fetch();
  conclude();
}

void TargetStep::fetch() {
  stage_ = Stage::fetching;
  fetched_.clear();
  wanted_.reset();
  say(send_file(key_, name(), "output"));
}

// What was asked to end is over; whether all of it is.
void TargetStep::check_gone() {
  const bool late = *why_ == TryEnd::Why::timeout;
  const auto took = rough(run_.clock.now() - began_);
  auto message =
      late ? "took too long and was ended after " + took : "ended on request after " + took;
  if (looks_ > kGlances)
    return settle(Status::uncertain, message + "; some of its processes could not be ended");
  settle(late ? Status::failed : Status::canceled, std::move(message));
}

void TargetStep::conclude() {
  if (*status_ != 0) return settle(Status::failed, how(*status_));
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
  say(signal_try(key_, name(), again ? "KILL" : "TERM"));
  if (!again) timer_ = run_.loop.after(kGrace, [this] { end(*why_); });
}

void TargetStep::lost(const Error& error) {
  if (stage_ == Stage::over) return;
  const auto now = run_.clock.now();
  if (lost_at_ == Instant{}) lost_at_ = now;
  const bool hopeless =
      begun_ ? now - lost_at_ > kLongestLoss || run_.halt.stopping() : ways_ >= kFirstWays;
  if (hopeless && begun_)
    return settle(Status::uncertain,
                  fmt::format("connection lost {}, target not reachable since: {}", text(lost_at_),
                              error.message));
  if (hopeless) {
    unreachable_ = true;
    const bool unknown = error.message.find("Host key verification failed") != std::string::npos;
    return settle(Status::failed, "can't reach it: " + error.message +
                                      (unknown ? " davit hosts trust shows its key" : ""));
  }
  if (begun_) log_.note("connection lost: " + error.message);
  stage_ = Stage::reaching;
  timer_ = run_.loop.after(Duration(200) * ways_, [this] { reach(); });
}

void TargetStep::rest(const Error& why) {
  stage_ = Stage::resting;
  begun_ = false;
  log_.note(fmt::format("try {} of {}: {}; again in {}", attempt_, spot_.step().retries + 1,
                        why.message, text(spot_.step().every)));
  timer_ = run_.loop.after(spot_.step().every, [this] { reach(); });
}

void TargetStep::settle(Status status, std::string message) {
  timeout_.reset();
  const bool again = status == Status::failed && begun_ && !unreachable_ &&
                     attempt_ <= spot_.step().retries && !run_.halt.canceled;
  if (begun_ && status != Status::uncertain) say(forget(key_, name()));
  if (again) return rest({std::move(message)});
  result_ = status;
  message_ = std::move(message);
  stage_ = Stage::over;
}

Result<std::optional<StepRecord>> TargetStep::record() {
  timer_.reset();
  again_.reset();
  if (trouble_) return *trouble_;
  if (open_) return std::optional<StepRecord>();
  StepRecord record;
  record.phase = spot_.planned.phase;
  record.step = spot_.step().name;
  record.target = target_;
  record.reversible = spot_.step().reversible;
  record.status = result_;
  record.message = run_.mask.apply(message_);
  record.tries = std::max(attempt_, 1);
  const auto now = run_.clock.now();
  record.took = std::max(now - began_, Duration{0});
  log_.note(fmt::format("{} after {}{}{}", davit::text(record.status), rough(record.took),
                        record.message.empty() ? "" : ": ", record.message));
  DAVIT_CHECK(run_.journal.end(spot_.planned.index, record, outputs_, now));
  for (const auto& output : outputs_) run_.outputs.push_back(output);
  return std::optional(std::move(record));
}

}  // namespace davit
