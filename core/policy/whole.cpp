// SPDX-License-Identifier: MIT
#include "core/policy/whole.hpp"

#include <algorithm>

#include "core/policy/drift.hpp"

namespace davit {

bool stays_whole(const State& state, const DeploymentId& id, const Narrowing& narrowing,
                 bool undone) {
  const auto* live = state.environment(id.environment).live();
  if (!live || live->release != id.release || live->partial) return false;
  if (undone && narrowing.empty()) return true;
  for (const auto& [number, release] : state.releases) {
    const auto found = release.attempts.find(id.environment);
    if (found == release.attempts.end()) continue;
    const bool elsewhere =
        std::any_of(found->second.begin(), found->second.end(), [&](const Attempt& attempt) {
          return attempt.started && attempt.started->at >= live->since &&
                 attempt.narrowing != narrowing;
        });
    if (elsewhere) return false;
  }
  return true;
}

bool others_have_it(const State& state, const DeploymentId& id,
                    const std::vector<std::string>& others) {
  return std::all_of(others.begin(), others.end(), [&](const std::string& target) {
    const auto newest = recorded(state, id.environment, target);
    return newest && newest->whole && newest->deployment.release == id.release;
  });
}

}  // namespace davit
