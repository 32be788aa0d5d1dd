// SPDX-License-Identifier: MIT
#include "core/deployment/deploy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/deployment/appending.hpp"
#include "core/deployment/runner_identity.hpp"
#include "core/deployment/session.hpp"
#include "core/policy/rollback.hpp"

namespace davit {

namespace {

std::string called(const Subject& subject) {
  return fmt::format("{}/{} {}", subject.definition, subject.release.value, subject.environment);
}

// Somebody else holds the environment, or has deployed this meanwhile.
bool came_first(const Verdict& verdict) {
  const auto obstacles = verdict.obstacles();
  return std::any_of(obstacles.begin(), obstacles.end(), [](const Finding& finding) {
    return finding.rule == Rule::free || finding.rule == Rule::finished;
  });
}

Error not_allowed(const Subject& subject, const Verdict& verdict) {
  if (came_first(verdict))
    return {fmt::format("another deployment to {} came first", subject.environment),
            "davit why " + called(subject),
            {},
            Failure::busy};
  const auto open = verdict.obstacles().size();
  return {fmt::format("{}/{} may not be deployed to {} now: {} of {} rules do not hold",
                      subject.definition, subject.release.value, subject.environment, open,
                      verdict.findings.size()),
          "davit why " + called(subject),
          {},
          Failure::refused};
}

Lease fresh_lease(const Conduct& conduct) {
  return {0, conduct.clock.now() + kLease, this_runner()};
}

Outcome still_allowed(Registry& registry, const Case& seen, const Subject& subject,
                      const State& newest) {
  DAVIT_TRY(const auto again, look_at(registry, seen.rules, newest, subject, seen.now));
  const auto verdict = again.verdict();
  if (!verdict.allowed()) return not_allowed(subject, verdict);
  if (digest(again.plan) == digest(seen.plan)) return Done{};
  return Error{"the plan has changed meanwhile", "davit plan " + called(subject)};
}

Result<Deployed> start(Registry& registry, const Case& seen, const Subject& subject,
                       const Conduct& conduct) {
  Session session(registry, seen, conduct);
  DAVIT_CHECK(session.prepare());
  DeploymentStarted started;
  started.deployment = {subject.release, subject.environment, seen.plan.attempt};
  started.cause = seen.wanted.cause;
  started.plan = digest(seen.plan);
  started.lease = fresh_lease(conduct);
  started.steps = static_cast<int>(seen.plan.steps.size());
  started.skip_needs = seen.wanted.skip_needs;
  if (!seen.plan.narrowing.empty()) {
    started.narrowing = seen.plan.narrowing;
    started.targets = static_cast<int>(seen.plan.hosts.size());
    started.of = static_cast<int>(seen.plan.of);
  }
  DAVIT_TRY(const auto state,
            append_request(registry, seen.rules, conduct, StartDeployment{started}, subject.release,
                           [&](const State& newest) {
                             return still_allowed(registry, seen, subject, newest);
                           }));
  const auto& environment = state.environment(subject.environment);
  return session.run(*environment.current, environment.fence, "");
}

Error rollback_stopped(const Subject& subject, const Deployed& deployed, const Conduct& conduct) {
  if (conduct.failed) conduct.failed(subject.definition, deployed);
  const bool ended = deployed.report.end == RunReport::End::finished;
  return {"the rollback did not succeed either: " + deployed.report.message,
          fmt::format("davit {} {}", ended ? "retry" : "resume", called(subject))};
}

// Brings back what was good when a deployment failed.
Outcome roll_back(Registry& registry, const Case& seen, const Conduct& conduct,
                  Deployed& deployed) {
  auto ledger = registry.ledger(seen.rules.definition.name);
  DAVIT_TRY(const auto state, ledger.whole());
  DAVIT_TRY(const auto back, rollback(state, seen.environment->name));
  if (!back.irreversible.empty())
    return Error{fmt::format("step {} was run and can't be undone", back.irreversible.front()),
                 fmt::format("davit rollback {} {} --force goes back all the same",
                             seen.rules.definition.name, seen.environment->name)};
  conduct.teller.note(
      fmt::format("rolling back to {}/{}", seen.rules.definition.name, back.to.release.value));
  const Subject subject{
      seen.rules.definition.name, back.to.release, seen.environment->name,
      Wanted{back.to.release, Cause::rollback, true, conduct.actor.email, seen.wanted.narrowing}};
  DAVIT_TRY(const auto again, deploy(registry, subject, conduct));
  if (again.report.end != RunReport::End::finished || again.report.ended != Ended::succeeded)
    return rollback_stopped(subject, again, conduct);
  deployed.rolled_back_to = back.to.release;
  return Done{};
}

Result<Deployed> after_failure(Registry& registry, const Case& seen, const Conduct& conduct,
                               Result<Deployed> result) {
  if (!result || result->report.end != RunReport::End::finished ||
      result->report.ended != Ended::failed ||
      seen.plan.on_failure != Environment::OnFailure::rollback ||
      seen.wanted.cause == Cause::rollback)
    return result;
  if (conduct.failed) conduct.failed(seen.rules.definition.name, *result);
  if (const auto back = roll_back(registry, seen, conduct, *result); !back)
    result->rollback_failed = back.error();
  return result;
}

}  // namespace

Result<Deployed> deploy(Registry& registry, const Subject& subject, const Conduct& conduct) {
  DAVIT_TRY(const auto seen, look_at(registry, subject, conduct.clock.now()));
  const auto verdict = seen.verdict();
  if (!verdict.allowed()) return not_allowed(subject, verdict);
  return after_failure(registry, seen, conduct, start(registry, seen, subject, conduct));
}

}  // namespace davit
