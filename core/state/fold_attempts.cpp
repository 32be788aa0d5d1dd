// SPDX-License-Identifier: MIT
// Attempts that have not started: asked for, decided on, canceled, started.
#include <fmt/format.h>

#include <algorithm>

#include "core/state/fold.hpp"

namespace davit {

std::string Fold::shut(const DeploymentId& id) {
  const auto* release = find(id.release);
  if (release == nullptr) return fmt::format("there is no {}", named(id.release));
  if (release->status != Release::Status::active)
    return fmt::format("{} is {}", named(id.release),
                       release->status == Release::Status::draft ? "a draft" : "abandoned");
  const auto* newest = release->attempt(id.environment);
  const bool waits = newest != nullptr && newest->stage == Attempt::Stage::open;
  if (newest != nullptr && !newest->closed() && !waits)
    return fmt::format("{} is being deployed to {}", named(id.release), id.environment);
  if (id.attempt == release->next_attempt(id.environment)) return "";
  return fmt::format("the next attempt to deploy {} to {} is number {}", named(id.release),
                     id.environment, release->next_attempt(id.environment));
}

Attempt& Fold::open(const DeploymentId& id) {
  auto& attempts = find(id.release)->attempts[id.environment];
  if (!attempts.empty() && attempts.back().stage == Attempt::Stage::open) return attempts.back();
  if (attempts.size() >= Release::kAttempts) attempts.erase(attempts.begin());
  return attempts.emplace_back(Attempt{.number = id.attempt});
}

void Fold::no_longer_requested(const DeploymentId& id) {
  if (const auto found = state.environments.find(id.environment); found != state.environments.end())
    std::erase(found->second.requested, id);
}

Applied Fold::operator()(const DeploymentRequested& request) {
  const auto& id = request.deployment;
  if (auto why = shut(id); !why.empty()) return nothing(std::move(why));
  const auto* newest = find(id.release)->attempt(id.environment);
  if (newest != nullptr && newest->stage == Attempt::Stage::open && newest->requested)
    return nothing(fmt::format("{} has asked for it already", newest->requested->by));
  auto& waiting = environment(id.environment).requested;
  if (waiting.size() >= EnvironmentState::kRequested)
    return nothing(
        fmt::format("{} deployments wait for {} already", waiting.size(), id.environment));
  waiting.push_back(id);
  auto& attempt = open(id);
  attempt.requested = deed;
  attempt.cause = request.cause;
  attempt.skip_needs = request.skip_needs;
  attempt.narrowing = request.narrowing;
  attempt.reason = request.reason;
  return {};
}

Applied Fold::operator()(const DeploymentStarted& started) {
  const auto& id = started.deployment;
  if (auto why = shut(id); !why.empty()) return nothing(std::move(why));
  const auto& before = state.environment(id.environment);
  if (before.current)
    return nothing(fmt::format("{} is held by {}", id.environment, named(before.current->release)));
  if (started.lease.fence != before.fence + 1)
    return nothing(fmt::format("the next lease of {} is {}", id.environment, before.fence + 1));
  auto& place = environment(id.environment);
  place.fence = started.lease.fence;
  place.highest = std::max(place.highest, id.release);
  place.current = id;
  no_longer_requested(id);
  auto& attempt = open(id);
  attempt.stage = Attempt::Stage::running;
  attempt.cause = started.cause;
  attempt.skip_needs = started.skip_needs;
  attempt.narrowing = started.narrowing;
  attempt.targets = started.targets;
  attempt.of = started.of;
  attempt.started = deed;
  attempt.plan = started.plan;
  attempt.lease = started.lease;
  attempt.from = started.from;
  attempt.only = started.only;
  return {};
}

}  // namespace davit
