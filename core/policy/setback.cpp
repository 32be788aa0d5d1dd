// SPDX-License-Identifier: MIT
#include "core/policy/setback.hpp"

#include <algorithm>

namespace davit {

namespace {

std::string reason(const Attempt& attempt) {
  for (const auto& decision : attempt.decisions)
    if (!decision.approves) return decision.comment;
  return attempt.message;
}

// The newest attempt that was started, when it ended badly; null otherwise.
const Attempt* ended_badly(const Release& release, const std::string& environment) {
  const auto found = release.attempts.find(environment);
  if (found == release.attempts.end()) return nullptr;
  const auto& attempts = found->second;
  const auto newest = std::find_if(attempts.rbegin(), attempts.rend(),
                                   [](const Attempt& one) { return one.started.has_value(); });
  return newest != attempts.rend() && newest->closed() && !newest->went_well() ? &*newest : nullptr;
}

bool given_up(const Release& release) {
  return release.status == Release::Status::abandoned || release.bad;
}

// Whether it went well everywhere, and not only because something else had failed.
bool puts_right(const Attempt& attempt) {
  return attempt.went_well() && attempt.ended == Ended::succeeded &&
         (attempt.requested || attempt.cause != Cause::rollback);
}

// Whether what ended last put things right. That was after every attempt of another release, since
// an environment has one at a time.
bool put_right(const State& state, const EnvironmentState& here) {
  const auto* release = here.last ? state.release(here.last->release) : nullptr;
  if (!release) return false;
  const auto found = release->attempts.find(here.name);
  return found != release->attempts.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const Attempt& one) {
           return one.number == here.last->attempt && puts_right(one);
         });
}

}  // namespace

std::optional<Setback> setback(const State& state, const std::string& environment) {
  const auto& here = state.environment(environment);
  const bool last = here.last_ended == Ended::failed || here.last_ended == Ended::canceled;
  const auto number = last ? here.last->release : here.highest;
  if (!last && here.live() && number <= here.live()->release) return std::nullopt;
  const auto* release = state.release(number);
  const auto* attempt = release ? ended_badly(*release, environment) : nullptr;
  if (!attempt || (!last && (given_up(*release) || put_right(state, here)))) return std::nullopt;
  const auto& deed = attempt->finished ? attempt->finished : attempt->started;
  return Setback{number, attempt->number, attempt->outcome(), deed->at, reason(*attempt)};
}

}  // namespace davit
