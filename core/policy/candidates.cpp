// SPDX-License-Identifier: MIT
// What wants to be deployed. By the lists that the present holds, so that it costs the same after
// ten releases as after a million.
#include <algorithm>
#include <set>

#include "core/policy/verdict.hpp"

namespace davit {

namespace {

using Numbers = std::vector<ReleaseNumber>;

bool good_there(const EnvironmentState& there, ReleaseNumber number, bool partial) {
  for (const auto& stay : there.stays)
    if (stay.release == number) return partial || !stay.partial;
  return false;
}

// Releases that could go there by themselves, oldest first, as far as the lists reach.
Numbers pending(const State& state, const Environment& environment) {
  using DeployOn = Environment::DeployOn;
  if (environment.deploy_on != DeployOn::release && environment.deploy_on != DeployOn::success)
    return {};
  const auto highest = state.environment(environment.name).highest;
  Numbers out;
  for (auto number = state.open.rbegin(); number != state.open.rend(); ++number) {
    if (*number <= highest) continue;
    const bool ready =
        std::all_of(environment.needs.begin(), environment.needs.end(), [&](const Need& need) {
          return good_there(state.environment(need.environment), *number, environment.partial);
        });
    if (ready) out.push_back(*number);
  }
  return out;
}

bool ended(const State& state, ReleaseNumber number, const std::string& environment) {
  const auto* release = state.release(number);
  const auto* attempt = release ? release->attempt(environment) : nullptr;
  return attempt && attempt->closed();
}

Wanted asked_for(const State& state, const DeploymentId& id) {
  Wanted wanted{.release = id.release, .cause = Cause::manual};
  const auto* release = state.release(id.release);
  const auto* attempt = release ? release->attempt(id.environment) : nullptr;
  if (!attempt || attempt->closed()) return wanted;
  wanted.cause = attempt->cause == Cause::automatic ? Cause::manual : attempt->cause;
  wanted.skip_needs = attempt->skip_needs;
  wanted.narrowing = attempt->narrowing;
  if (attempt->requested) wanted.asker = attempt->requested->by;
  return wanted;
}

void add(std::vector<Wanted>& all, Wanted one) {
  const bool known = std::any_of(all.begin(), all.end(),
                                 [&](const Wanted& other) { return other.release == one.release; });
  if (!known) all.push_back(std::move(one));
}

}  // namespace

std::vector<Wanted> candidates(const Rules&, const State& state, const Environment& environment) {
  std::vector<Wanted> out;
  for (const auto& id : state.environment(environment.name).requested)
    add(out, asked_for(state, id));
  const auto waiting = pending(state, environment);
  if (environment.queue == Environment::Queue::latest) {
    if (!waiting.empty()) add(out, {.release = waiting.back()});
    return out;
  }
  for (const auto number : waiting)
    if (!ended(state, number, environment.name)) add(out, {.release = number});
  return out;
}

Wanted wanted(const Rules& rules, const State& state, const Release& release,
              const Environment& environment) {
  for (auto& candidate : candidates(rules, state, environment))
    if (candidate.release == release.number) return candidate;
  Wanted out{.release = release.number};
  const auto* attempt = release.attempt(environment.name);
  if (attempt && attempt->started && !attempt->closed()) out.narrowing = attempt->narrowing;
  return out;
}

std::vector<ReleaseNumber> of_interest(const Rules& rules, const State& state) {
  std::set<ReleaseNumber> out;
  if (state.last_release.value > 0) out.insert(state.last_release);
  const auto add_environment = [&](const EnvironmentState& present) {
    if (const auto* live = present.live()) out.insert(live->release);
    if (present.current) out.insert(present.current->release);
    if (present.highest.value > 0) out.insert(present.highest);
    if (present.last) out.insert(present.last->release);
    for (const auto& id : present.requested) out.insert(id.release);
  };
  for (const auto& [name, present] : state.environments) add_environment(present);
  for (const auto& environment : rules.definition.environments) {
    const auto waiting = pending(state, environment);
    if (environment.queue == Environment::Queue::all)
      out.insert(waiting.begin(), waiting.end());
    else if (!waiting.empty())
      out.insert(waiting.back());
  }
  return {out.begin(), out.end()};
}

bool wants_whole(const Rules& rules, const State& state) {
  return std::any_of(rules.definition.environments.begin(), rules.definition.environments.end(),
                     [&](const Environment& environment) {
                       if (environment.queue != Environment::Queue::all) return false;
                       const auto waiting = pending(state, environment);
                       return waiting.size() + 1 >= State::kOpen;
                     });
}

}  // namespace davit
