// SPDX-License-Identifier: MIT
#include "core/deployment/standing.hpp"

#include "core/deployment/runner_identity.hpp"

namespace davit {

Standing standing(const Attempt* attempt, Instant now) {
  if (!attempt) return Standing::nothing;
  if (attempt->stage == Attempt::Stage::paused)
    return attempt->paused && attempt->paused->why == DeploymentPaused::Why::manual
               ? Standing::manual
               : Standing::interrupted;
  if (attempt->stage != Attempt::Stage::running) return Standing::nothing;
  const auto alive = lives(attempt->lease.runner);
  return alive.value_or(attempt->lease.until > now) ? Standing::running : Standing::gone;
}

}  // namespace davit
