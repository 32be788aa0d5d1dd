// SPDX-License-Identifier: MIT
// A deployment under way: what its runner tells, and who asks it to stop. Only the holder of the
// newest lease is believed.
#include <fmt/format.h>

#include "core/state/fold.hpp"

namespace davit {

namespace {

// The deployment that holds its environment.
struct Held {
  EnvironmentState* environment = nullptr;
  Attempt* attempt = nullptr;
};

// Nothing where the deployment does not hold its environment.
std::optional<Held> held(Fold& fold, const DeploymentId& id) {
  const auto place = fold.state.environments.find(id.environment);
  if (place == fold.state.environments.end() || place->second.current != id) return std::nullopt;
  auto* release = fold.find(id.release);
  if (release == nullptr) return std::nullopt;
  const auto attempts = release->attempts.find(id.environment);
  if (attempts == release->attempts.end() || attempts->second.empty()) return std::nullopt;
  auto& newest = attempts->second.back();
  if (newest.number != id.attempt || newest.closed()) return std::nullopt;
  return Held{&place->second, &newest};
}

Applied not_held(const Fold& fold, const DeploymentId& id) {
  return nothing(fmt::format("{} is not being deployed to {} (attempt {})", fold.named(id.release),
                             id.environment, id.attempt));
}

// Whether the holder of this lease may speak: it is the newest, and the deployment runs.
Applied may_speak(const Held& held, int fence) {
  if (held.attempt->stage != Attempt::Stage::running) return nothing("the deployment is paused");
  if (fence != held.environment->fence)
    return nothing(fmt::format("lease {} has been followed by {}", fence, held.environment->fence));
  return {};
}

void let_go(EnvironmentState& environment, Attempt& attempt, const DeploymentId& id, Ended ended,
            const Deed& deed) {
  environment.current.reset();
  environment.last = id;
  environment.last_ended = ended;
  environment.last_at = deed.at;
  attempt.ended = ended;
  attempt.finished = deed;
  attempt.lease = {};
  attempt.paused.reset();
}

}  // namespace

Applied Fold::operator()(const LeaseExtended& extended) {
  const auto subject = held(*this, extended.deployment);
  if (!subject) return not_held(*this, extended.deployment);
  if (auto may = may_speak(*subject, extended.fence); !may.effective) return may;
  auto& until = subject->attempt->lease.until;
  if (extended.until <= until) return nothing("the lease lasts as long already");
  until = extended.until;
  return {};
}

Applied Fold::operator()(const DeploymentPaused& paused) {
  const auto subject = held(*this, paused.deployment);
  if (!subject) return not_held(*this, paused.deployment);
  if (auto may = may_speak(*subject, paused.fence); !may.effective) return may;
  subject->attempt->stage = Attempt::Stage::paused;
  subject->attempt->paused = paused;
  return {};
}

// Of a paused deployment, or of one whose runner was lost: then the new lease ends the old one.
Applied Fold::operator()(const DeploymentResumed& resumed) {
  const auto subject = held(*this, resumed.deployment);
  if (!subject) return not_held(*this, resumed.deployment);
  auto& fence = subject->environment->fence;
  if (resumed.lease.fence != fence + 1)
    return nothing(
        fmt::format("the next lease of {} is {}", resumed.deployment.environment, fence + 1));
  fence = resumed.lease.fence;
  subject->attempt->stage = Attempt::Stage::running;
  subject->attempt->lease = resumed.lease;
  subject->attempt->paused.reset();
  return {};
}

Applied Fold::operator()(const DeploymentFinished& finished) {
  const auto& id = finished.deployment;
  const auto subject = held(*this, id);
  if (!subject) return not_held(*this, id);
  if (auto may = may_speak(*subject, finished.fence); !may.effective) return may;
  auto& attempt = *subject->attempt;
  attempt.stage = Attempt::Stage::finished;
  attempt.took = finished.took;
  attempt.steps = finished.steps;
  attempt.untold = finished.untold;
  attempt.message = finished.message;
  attempt.log = finished.log;
  let_go(*subject->environment, attempt, id, finished.ended, deed);
  if (finished.ended == Ended::succeeded || finished.ended == Ended::partial)
    push_front(subject->environment->stays,
               Stay{id.release, id.attempt, deed.at, finished.ended == Ended::partial},
               EnvironmentState::kStays);
  return {};
}

namespace {

// What has not started ends without a word to anybody.
Applied cancel_open(Fold& fold, const CancelAsked& asked) {
  const auto& id = asked.deployment;
  auto& attempt = fold.open(id);
  attempt.stage = Attempt::Stage::canceled;
  attempt.finished = fold.deed;
  attempt.message = asked.reason;
  fold.no_longer_requested(id);
  return {};
}

Applied cancel_held(const Held& held, const CancelAsked& asked, const Deed& deed) {
  auto& attempt = *held.attempt;
  const bool running = attempt.stage == Attempt::Stage::running;
  if (running && attempt.cancel_asked)
    return nothing(fmt::format("{} has asked for that already", attempt.cancel_asked->by));
  attempt.cancel_asked = deed;
  if (running) return {};
  attempt.stage = Attempt::Stage::canceled;
  attempt.message = asked.reason;
  let_go(*held.environment, attempt, asked.deployment, Ended::canceled, deed);
  return {};
}

}  // namespace

Applied Fold::operator()(const CancelAsked& asked) {
  const auto& id = asked.deployment;
  if (const auto subject = held(*this, id)) return cancel_held(*subject, asked, deed);
  const auto* release = find(id.release);
  const auto* newest = release == nullptr ? nullptr : release->attempt(id.environment);
  if (newest == nullptr || newest->stage != Attempt::Stage::open || newest->number != id.attempt)
    return not_held(*this, id);
  return cancel_open(*this, asked);
}

}  // namespace davit
