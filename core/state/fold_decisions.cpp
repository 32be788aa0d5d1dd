// SPDX-License-Identifier: MIT
// People's yes and no, before and after a deployment.
#include <fmt/format.h>

#include <algorithm>

#include "core/state/fold.hpp"

namespace davit {

namespace {

// The newest attempt that ended by itself and nobody has rejected; null where there is none.
Attempt* newest_finished(Release& release, const std::string& environment) {
  const auto found = release.attempts.find(environment);
  if (found == release.attempts.end()) return nullptr;
  auto& attempts = found->second;
  const auto newest = std::find_if(attempts.rbegin(), attempts.rend(), [](const Attempt& attempt) {
    return attempt.stage == Attempt::Stage::finished;
  });
  return newest == attempts.rend() ? nullptr : &*newest;
}

// What one person said last counts.
void record_decision(Attempt& attempt, const GivenDecision& given) {
  std::erase_if(attempt.decisions, [&](const GivenDecision& earlier) {
    return earlier.deed.by == given.deed.by && earlier.moment == given.moment;
  });
  attempt.decisions.push_back(given);
}

struct Subject {
  Attempt* attempt = nullptr;  // null: there is nothing to decide on
  std::string why_not;
};

Subject subject(Fold& fold, const Decision& decision) {
  const auto& id = decision.deployment;
  if (decision.moment == Moment::before) {
    auto why = fold.shut(id);
    return why.empty() ? Subject{&fold.open(id), ""} : Subject{nullptr, std::move(why)};
  }
  auto* release = fold.find(id.release);
  if (release == nullptr) return {nullptr, fmt::format("there is no {}", fold.named(id.release))};
  auto* finished = newest_finished(*release, id.environment);
  if (finished != nullptr && finished->number == id.attempt) return {finished, ""};
  return {nullptr,
          fmt::format("attempt {} is not the newest to finish in {}", id.attempt, id.environment)};
}

GivenDecision given(const Fold& fold, const Decision& decision, bool approves) {
  return {fold.deed, decision.moment, approves, decision.plan, decision.comment};
}

// A release that was rejected afterwards is nothing to stay with or to go back to.
void end_stay(State& state, const DeploymentId& id) {
  const auto found = state.environments.find(id.environment);
  if (found == state.environments.end()) return;
  std::erase_if(found->second.stays, [&](const Stay& stay) {
    return stay.release == id.release && stay.attempt == id.attempt;
  });
}

}  // namespace

Applied Fold::operator()(const ApprovalGiven& approval) {
  auto [attempt, why_not] = subject(*this, approval);
  if (attempt == nullptr) return nothing(std::move(why_not));
  record_decision(*attempt, given(*this, approval, true));
  return {};
}

Applied Fold::operator()(const ApprovalRejected& rejection) {
  auto [attempt, why_not] = subject(*this, rejection);
  if (attempt == nullptr) return nothing(std::move(why_not));
  record_decision(*attempt, given(*this, rejection, false));
  attempt->stage = Attempt::Stage::rejected;
  if (rejection.moment == Moment::before) {
    attempt->finished = deed;
    no_longer_requested(rejection.deployment);
  } else {
    end_stay(state, rejection.deployment);
  }
  return {};
}

}  // namespace davit
