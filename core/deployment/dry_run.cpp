// SPDX-License-Identifier: MIT
#include "core/deployment/dry_run.hpp"

#include "core/deployment/stored_artifacts.hpp"
#include "core/files/scratch_folder.hpp"
#include "core/runner/approach.hpp"

namespace davit {

namespace {

// As it is, but for what only a real run has: secrets, what steps hand on, and time.
Plan without_the_world(Plan plan) {
  for (auto& planned : plan.steps) {
    planned.step.outputs.clear();
    for (auto& value : planned.values) {
      if (!value.secret) continue;
      value.value = "(secret from " + text(*value.secret) + ")";
      value.secret.reset();
    }
  }
  for (auto& round : plan.rounds) round.pause = Duration{0};
  return plan;
}

}  // namespace

Result<RunReport> dry_run(Registry& registry, const Case& seen, Teller& teller,
                          const Clock& clock) {
  DAVIT_TRY(const auto scratch, ScratchFolder::make());
  RunRequest request;
  request.plan = without_the_world(seen.plan);
  request.deployment = {seen.plan.release.number, seen.plan.environment, seen.plan.attempt};
  request.folder = scratch.path();
  request.repository = registry.repository().top_level();
  request.dry = true;
  DAVIT_TRY(request.artifact_paths, stored_artifacts(registry.repository(), seen.plan));
  Reach nowhere;
  nowhere.printing = true;
  Approach approach(std::move(nowhere), seen.plan.hosts, "");
  return execute(request, approach, teller, clock, {});
}

}  // namespace davit
