// SPDX-License-Identifier: MIT
#include "core/policy/drift.hpp"

#include <algorithm>

namespace davit {

namespace {

using Status = StepRecord::Status;

// What an event had no room for went well (core/events/fitted.hpp).
bool touched_target(const Attempt& attempt, const std::string& target) {
  bool told = false;
  for (const auto& step : attempt.steps) {
    if (step.target != target) continue;
    told = true;
    if (step.tries > 0) return true;
  }
  return !told && attempt.untold > 0;
}

bool went_whole(const Attempt& attempt, const std::string& target) {
  return std::all_of(attempt.steps.begin(), attempt.steps.end(), [&](const StepRecord& step) {
    if (step.target != target || step.status == Status::succeeded) return true;
    // A failure that was let pass, and what was not meant to run.
    return (step.status == Status::skipped || step.status == Status::failed) &&
           attempt.ended == Ended::succeeded;
  });
}

}  // namespace

std::optional<Recorded> recorded(const State& state, const std::string& environment,
                                 const std::string& target) {
  std::optional<Recorded> out;
  Instant newest{};
  for (const auto& [number, release] : state.releases) {
    const auto found = release.attempts.find(environment);
    if (found == release.attempts.end()) continue;
    for (const auto& attempt : found->second) {
      if (!attempt.started || attempt.started->at < newest || !touched_target(attempt, target))
        continue;
      newest = attempt.started->at;
      out = Recorded{{number, environment, attempt.number}, went_whole(attempt, target)};
    }
  }
  return out;
}

std::vector<Drift> drift(const TargetLook& look, ReleaseNumber live) {
  if (!look.recorded) return {Drift::untouched};
  std::vector<Drift> out;
  if (look.recorded->deployment.release != live)
    out.push_back(Drift::other_release);
  else if (!look.recorded->whole)
    out.push_back(Drift::in_part);
  if (!look.unreachable.empty()) return out;
  if (!look.receipt)
    out.push_back(Drift::no_receipt);
  else if (look.receipt->deployment != look.recorded->deployment)
    out.push_back(Drift::other_receipt);
  else if (!look.receipt->done && look.recorded->whole)
    out.push_back(Drift::not_done);
  if (std::any_of(look.traces.begin(), look.traces.end(),
                  [](const Trace& trace) { return trace.unlooked.empty() && !trace.holds(); }))
    out.push_back(Drift::trace);
  return out;
}

const char* text(Apart::How how) {
  if (how == Apart::How::missing) return "missing";
  return how == Apart::How::added ? "added" : "changed";
}

const char* text(Drift drift) {
  switch (drift) {
    case Drift::untouched:
      return "untouched";
    case Drift::other_release:
      return "other-release";
    case Drift::in_part:
      return "in-part";
    case Drift::no_receipt:
      return "no-receipt";
    case Drift::other_receipt:
      return "other-receipt";
    case Drift::not_done:
      return "not-done";
    case Drift::trace:
      return "trace";
  }
  return "";
}

}  // namespace davit
