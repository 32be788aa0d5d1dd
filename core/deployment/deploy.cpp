// SPDX-License-Identifier: MIT
#include "core/deployment/deploy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/deployment/appending.hpp"
#include "core/deployment/going_back.hpp"
#include "core/deployment/runner_identity.hpp"
#include "core/deployment/session.hpp"

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
    started.of = static_cast<int>(seen.plan.all_hosts());
  }
  started.only = seen.wanted.only;
  DAVIT_TRY(
      const auto state,
      append_request(registry, seen.rules, conduct, StartDeployment{started, seen.wanted.because},
                     subject.release, [&](const State& newest) {
                       return still_allowed(registry, seen, subject, newest);
                     }));
  const auto& environment = state.environment(subject.environment);
  return session.run(*environment.current, environment.fence, "");
}

}  // namespace

Result<Deployed> deploy(Registry& registry, const Subject& subject, const Conduct& conduct) {
  DAVIT_TRY(const auto seen, look_at(registry, subject, conduct.clock.now()));
  const auto verdict = seen.verdict();
  if (!verdict.allowed()) return not_allowed(subject, verdict);
  return after_failure(registry, seen, conduct, start(registry, seen, subject, conduct));
}

}  // namespace davit
