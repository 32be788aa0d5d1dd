// SPDX-License-Identifier: MIT
#include "core/deployment/appending.hpp"

#include <fmt/format.h>

namespace davit {

namespace {

Ledger::Asking asking(const Rules& rules, const Conduct& conduct, ReleaseNumber about) {
  return {conduct.actor, rules.commit, [&rules, about](const State& state) {
            auto numbers = of_interest(rules, state);
            numbers.push_back(about);
            return numbers;
          }};
}

// The fencing number that a runner's fact carries; 0 for facts of others.
int fence_of(const Fact& fact) {
  if (const auto* extended = std::get_if<LeaseExtended>(&fact)) return extended->fence;
  if (const auto* paused = std::get_if<DeploymentPaused>(&fact)) return paused->fence;
  if (const auto* finished = std::get_if<DeploymentFinished>(&fact)) return finished->fence;
  return 0;
}

Outcome still_ours(const State& state, const std::vector<Fact>& facts, const DeploymentId& id) {
  const auto& environment = state.environment(id.environment);
  for (const auto& fact : facts) {
    const int fence = fence_of(fact);
    if (fence == 0 || (environment.current == id && environment.fence == fence)) continue;
    return Error{fmt::format("another runner took over the deployment to {}", id.environment),
                 "davit status " + state.definition,
                 {},
                 Failure::busy};
  }
  return Done{};
}

}  // namespace

Result<State> append_facts(Registry& registry, const Rules& rules, const Conduct& conduct,
                           const std::vector<Fact>& facts, const DeploymentId& id) {
  auto ledger = registry.ledger(rules.definition.name);
  return ledger.append(asking(rules, conduct, id.release), conduct.clock, {rules.team.ledger.sync},
                       [&](const State& newest) -> Result<std::vector<Fact>> {
                         DAVIT_CHECK(still_ours(newest, facts, id));
                         return facts;
                       });
}

Result<State> append_request(Registry& registry, const Rules& rules, const Conduct& conduct,
                             const Request& request, ReleaseNumber about, const Guard& also) {
  auto ledger = registry.ledger(rules.definition.name);
  return ledger.append(
      asking(rules, conduct, about), conduct.clock, {rules.team.ledger.sync},
      [&](const State& newest) -> Result<std::vector<Fact>> {
        if (also) DAVIT_CHECK(also(newest));
        return decide(newest, request, {conduct.actor.email, conduct.clock.now(), rules.commit});
      });
}

}  // namespace davit
