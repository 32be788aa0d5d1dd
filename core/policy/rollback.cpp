// SPDX-License-Identifier: MIT
#include "core/policy/rollback.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace davit {

namespace {

bool usable(const State& state, ReleaseNumber number) {
  const auto* release = state.release(number);
  return release && !release->bad && release->status == Release::Status::active;
}

// Steps that can't be undone, of every attempt that started here after a moment.
std::vector<std::string> irreversible_since(const State& state, const std::string& environment,
                                            Instant since) {
  std::vector<std::string> out;
  for (const auto& [number, release] : state.releases) {
    const auto found = release.attempts.find(environment);
    if (found == release.attempts.end()) continue;
    for (const auto& attempt : found->second) {
      if (!attempt.started || attempt.started->at < since) continue;
      for (const auto& step : attempt.steps) {
        const bool ran = step.status == StepRecord::Status::succeeded ||
                         step.status == StepRecord::Status::failed ||
                         step.status == StepRecord::Status::uncertain ||
                         step.status == StepRecord::Status::canceled;
        if (ran && !step.reversible) out.push_back(fmt::format("{}: {}", number.value, step.step));
      }
    }
  }
  return out;
}

// Where among the stays to look for something older than what is there. What a rollback brought
// back stands where it stood before, so that a second one goes on backwards and not forth again.
std::size_t older_than_live(const State& state, const EnvironmentState& here) {
  const auto* live = here.live();
  const auto* release = live ? state.release(live->release) : nullptr;
  if (!release) return 0;
  const auto attempts = release->attempts.find(here.name);
  if (attempts == release->attempts.end()) return 1;
  for (const auto& attempt : attempts->second)
    if (attempt.number == live->attempt && attempt.cause == Cause::rollback)
      for (std::size_t i = 1; i < here.stays.size(); ++i)
        if (here.stays[i].release == live->release) return i + 1;
  return 1;
}

}  // namespace

std::optional<ReleaseNumber> put_there_since(const EnvironmentState& here) {
  if (here.current) return here.current->release;
  const auto* live = here.live();
  const bool well = here.last_ended == Ended::succeeded || here.last_ended == Ended::partial;
  if (here.last && live && (!well || here.last->release != live->release))
    return here.last->release;
  return std::nullopt;
}

Result<Rollback> rollback(const State& state, const std::string& environment) {
  const auto& here = state.environment(environment);
  const auto fallen = put_there_since(here);
  const auto* live = here.live();
  const auto from = fallen ? fallen : (live ? std::optional(live->release) : std::nullopt);
  for (auto i = fallen ? 0 : older_than_live(state, here); i < here.stays.size(); ++i) {
    const auto& stay = here.stays[i];
    if (!usable(state, stay.release) || (!fallen && stay.release == live->release)) continue;
    return Rollback{stay, from, irreversible_since(state, environment, stay.since),
                    fallen && &stay == live};
  }
  return Error{fmt::format("{} has no earlier good release to go back to in {}", state.definition,
                           environment),
               fmt::format("davit history {} shows what was there", state.definition),
               {},
               Failure::refused};
}

}  // namespace davit
