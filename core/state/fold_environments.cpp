// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "core/state/fold.hpp"

namespace davit {

// A lock is not replaced by another while it lasts, so that nobody's stop ends sooner than said.
Applied Fold::operator()(const EnvironmentLocked& locked) {
  const auto& held = state.environment(locked.environment).lock;
  if (held && (!held->until || *held->until > deed.at))
    return nothing(fmt::format("{} is locked by {} already", locked.environment, held->deed.by));
  environment(locked.environment).lock = Lock{deed, locked.reason, locked.until};
  return {};
}

Applied Fold::operator()(const EnvironmentUnlocked& unlocked) {
  if (!state.environment(unlocked.environment).lock)
    return nothing(fmt::format("{} is not locked", unlocked.environment));
  environment(unlocked.environment).lock.reset();
  return {};
}

}  // namespace davit
