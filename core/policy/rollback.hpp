// SPDX-License-Identifier: MIT
// Going back: which release a rollback deploys. By the ledger, never by looking at directories.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/state/state.hpp"

namespace davit {

// The newest release that was good here before what is live now (or what is live, when something
// later failed, was cut off or was rejected), neither bad nor abandoned.
struct Rollback {
  Stay to;
  std::optional<ReleaseNumber> from;
  // Steps that ran here since and say reversible = false: "18: Migrate".
  std::vector<std::string> irreversible;
};

// Of a whole state.
Result<Rollback> rollback(const State&, const std::string& environment);

}  // namespace davit
