// SPDX-License-Identifier: MIT
// Going on with, and giving up, what an earlier runner began.
#include <fmt/format.h>

#include "core/deployment/appending.hpp"
#include "core/deployment/deploy.hpp"
#include "core/deployment/going_back.hpp"
#include "core/deployment/runner_identity.hpp"
#include "core/deployment/session.hpp"
#include "core/deployment/standing.hpp"

namespace davit {

namespace {

Error held(const Case& seen, const Attempt& attempt) {
  const auto& runner = attempt.lease.runner;
  return {
      fmt::format("{} is being deployed to {} by {} (process {} on {})", text(seen.plan.release),
                  seen.environment->name, attempt.started->by, runner.pid, runner.host),
      fmt::format("wait for it, or davit cancel {} {}", text(seen.plan.release),
                  seen.environment->name),
      {},
      Failure::busy};
}

Error nothing_unfinished(const std::string& definition, const std::string& environment) {
  return {fmt::format("{} has no unfinished deployment in {}", definition, environment),
          "davit status " + definition,
          {},
          Failure::refused};
}

Outcome same_plan(const Case& seen, const Attempt& attempt) {
  if (digest(seen.plan) == attempt.plan) return Done{};
  return Error{fmt::format("the plan of {} for {} is not the one that was begun",
                           text(seen.plan.release), seen.environment->name),
               fmt::format("davit cancel {0} {1}, then davit redeploy {0} {1}",
                           text(seen.plan.release), seen.environment->name),
               {},
               Failure::refused};
}

// The case of the deployment that holds an environment.
Result<Case> unfinished(Registry& registry, const std::string& definition,
                        const std::string& environment, Instant now) {
  DAVIT_TRY(const auto rules, registry.rules(definition));
  DAVIT_TRY(const auto state, registry.present(rules));
  const auto current = state.environment(environment).current;
  if (!current) return nothing_unfinished(definition, environment);
  const auto* release = state.release(current->release);
  const auto* attempt = release ? release->attempt(environment) : nullptr;
  if (!attempt) return nothing_unfinished(definition, environment);
  const Wanted begun{.release = current->release,
                     .cause = attempt->cause,
                     .skip_needs = attempt->skip_needs,
                     .narrowing = attempt->narrowing,
                     .only = attempt->only};
  DAVIT_TRY(auto seen, look_at(registry, rules, state,
                               {definition, current->release, environment, begun}, now));
  seen.plan.from = attempt->from;
  return seen;
}

}  // namespace

Result<Deployed> resume(Registry& registry, const std::string& definition,
                        const std::string& environment, const Conduct& conduct,
                        const std::string& comment) {
  DAVIT_TRY(const auto seen, unfinished(registry, definition, environment, conduct.clock.now()));
  const auto& attempt = *seen.release->attempt(environment);
  if (standing(&attempt, seen.now) == Standing::running) return held(seen, attempt);
  DAVIT_CHECK(same_plan(seen, attempt));
  Session session(registry, seen, conduct);
  DAVIT_CHECK(session.prepare());
  const bool manual = attempt.paused && attempt.paused->why == DeploymentPaused::Why::manual;
  const auto answered = manual ? attempt.paused->step : "";
  const ResumeDeployment request{
      seen.release->number, environment, {0, seen.now + kLease, this_runner()}, comment};
  const int fence = seen.state.environment(environment).fence;
  DAVIT_TRY(const auto state,
            append_request(registry, seen.rules, conduct, request, seen.release->number,
                           [&](const State& newest) -> Outcome {
                             if (newest.environment(environment).fence == fence) return Done{};
                             return Error{"somebody else resumed it just now",
                                          "davit status " + definition,
                                          {},
                                          Failure::busy};
                           }));
  const auto& now = state.environment(environment);
  return after_failure(registry, seen, conduct, session.run(*now.current, now.fence, answered));
}

Result<bool> cancel(Registry& registry, const Subject& subject, const std::string& reason,
                    const Conduct& conduct) {
  DAVIT_TRY(const auto seen, look_at(registry, subject, conduct.clock.now()));
  const auto* attempt = seen.release->attempt(subject.environment);
  const auto stands = standing(attempt, seen.now);
  if (stands == Standing::gone) {
    const DeploymentId id{subject.release, subject.environment, attempt->number};
    DeploymentPaused gone{.deployment = id, .fence = attempt->lease.fence};
    gone.note = "its runner is gone";
    DAVIT_CHECK(append_facts(registry, seen.rules, conduct, {gone}, id));
  }
  DAVIT_CHECK(append_request(registry, seen.rules, conduct,
                             CancelDeployment{subject.release, subject.environment, reason},
                             subject.release));
  return stands != Standing::running;
}

}  // namespace davit
