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

}  // namespace

std::optional<Setback> setback(const State& state, const std::string& environment) {
  const auto& here = state.environment(environment);
  const bool last = here.last_ended == Ended::failed || here.last_ended == Ended::canceled;
  const auto number = last ? here.last->release : here.highest;
  if (!last && here.live() && number <= here.live()->release) return std::nullopt;
  const auto* release = state.release(number);
  const auto* attempt = release ? ended_badly(*release, environment) : nullptr;
  if (!attempt || (!last && release->status == Release::Status::abandoned)) return std::nullopt;
  const auto& deed = attempt->finished ? attempt->finished : attempt->started;
  return Setback{number, attempt->number, attempt->outcome(), deed->at, reason(*attempt)};
}

}  // namespace davit
