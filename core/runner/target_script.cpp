// SPDX-License-Identifier: MIT
#include "core/runner/target_script.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/fleet/windows.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;

constexpr Duration kGlance = Duration(100);  // at what is left of a step
constexpr int kGlances = 50;
constexpr Duration kAgain = Duration(200);  // before a target is asked again
// The same of one that tells all unasked: whoever would tell may have been killed.
constexpr Duration kSilence = std::chrono::seconds(5);

}  // namespace

std::size_t number_in(const Answer& answer, std::size_t at) {
  std::size_t value = 0;
  if (at < answer.size())
    std::from_chars(answer[at].data(), answer[at].data() + answer[at].size(), value);
  return value;
}

std::string words_from(const Answer& answer, std::size_t first) {
  std::string out;
  for (auto i = first; i < answer.size(); ++i) out += (out.empty() ? "" : " ") + answer[i];
  return out;
}

std::optional<Tried> refusal(const Answer& answer) {
  if (answer.front() == "fenced")
    return Tried{Status::failed,
                 fmt::format("a later deployment (lease {}) has been here", words_from(answer, 2)),
                 {}};
  if (answer.front() == "failed") return Tried{Status::failed, words_from(answer, 2), {}};
  return std::nullopt;
}

void TargetScript::begin(RemoteTry wanted) {
  name_ = wanted.name;
  stage_ = Stage::beginning;
  again_.reset();
  known_ = false;
  tells_ = false;
  came_ = 0;
  status_.reset();
  why_.reset();
  killed_ = false;
  wanted.key = site_.key;
  wanted.place = site_.place;
  wanted.fence = site_.run.request.fence;
  wanted.directory = site_.spot.step().directory;
  for (const auto& [name, value] : site_.values) wanted.values.emplace(name, value);
  wanted.values["DAVIT_TARGET"] = site_.spot.target;
  if (auto* shell = site_.targets.ready(site_.spot.target))
    shell->say(site_.tongue().beginning(wanted));
}

void TargetScript::ask(const std::string& name) {
  name_ = name;
  stage_ = Stage::asking;
  again_.reset();
  tells_ = false;
  status_.reset();
  site_.say(site_.tongue().probe(site_.key, name_));
}

void TargetScript::follow() {
  stage_ = Stage::running;
  site_.say(site_.tongue().follow(site_.key, name_, came_));
  if (why_ && !status_)
    site_.say(site_.tongue().signal_try(site_.key, name_, killed_ ? "KILL" : "TERM"));
}

void TargetScript::hear(const Answer& answer) {
  if (answer.size() < 2 || answer[1] != name_) return;
  const auto& word = answer.front();
  if (word == "begun" && stage_ == Stage::beginning) tells_ = true;
  if (word == "begun" || word == "runs") return still_running();
  if (word == "ended" && answer.size() > 3) return ended(answer);
  if (word == "none" && !known_) return site_.not_begun();
  if (word == "known") return site_.say(site_.tongue().probe(site_.key, name_));
  if (word == "gone" || word == "none")
    return site_.settle({Status::uncertain,
                         fmt::format("{} is gone, and nobody can tell how it ended",
                                     word == "gone" ? "its supervisor" : "what is known of it"),
                         {}});
  if (word == "killed" || word == "left") return look_what_is_left(word == "killed");
  if (auto refused = refusal(answer)) site_.settle(*std::move(refused));
}

// Its supervisor tells its end to whoever began it; after a new connection the target is asked.
void TargetScript::still_running() {
  if (status_) return;  // since then it has ended
  known_ = true;
  if (stage_ != Stage::running) follow();
  again_ = site_.run.loop.after(tells_ ? kSilence : kAgain,
                                [this] { site_.say(site_.tongue().probe(site_.key, name_)); });
}

void TargetScript::ended(const Answer& answer) {
  if (status_) return;  // told twice
  known_ = true;
  status_ = static_cast<int>(number_in(answer, 2));
  size_ = number_in(answer, 3);
  trouble_ = words_from(answer, 4);
  if (stage_ != Stage::running) follow();
  wait_for_the_rest();
  look_whether_all_came();
}

// What sends its output may be killed, too.
void TargetScript::wait_for_the_rest() {
  again_ = site_.run.loop.after(kSilence, [this, came = came_] {
    if (came != came_) return wait_for_the_rest();
    site_.targets.drop(site_.spot.target);
    site_.lost({"its output stopped coming"});
  });
}

void TargetScript::take(std::string_view bytes) {
  came_ += bytes.size();
  site_.log.output(bytes);
  look_whether_all_came();
}

void TargetScript::look_whether_all_came() {
  if (!status_ || came_ < size_) return;
  again_.reset();
  site_.log.finish();
  site_.say(site_.tongue().unfollow());
  if (why_) return site_.say(site_.tongue().finish(site_.key, name_));
  conclude(true);
}

void TargetScript::look_what_is_left(bool nothing) {
  // KILL comes before it is given up.
  if (nothing || (++looks_ > kGlances && killed_)) return conclude(nothing);
  timer_ =
      site_.run.loop.after(kGlance, [this] { site_.say(site_.tongue().finish(site_.key, name_)); });
}

void TargetScript::conclude(bool gone) {
  timer_.reset();
  ended_({.why = why_.value_or(TryEnd::Why::itself),
          .status = *status_,
          .took = site_.run.clock.now() - site_.began,
          .gone = gone,
          .signals = !is_of_windows(site_.targets.host(site_.spot.target).shell)});
}

void TargetScript::end(TryEnd::Why why) {
  killed_ = why_.has_value();
  if (!why_) why_ = why;
  looks_ = 0;
  site_.say(site_.tongue().signal_try(site_.key, name_, killed_ ? "KILL" : "TERM"));
}

}  // namespace davit
