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
  // It is what is live by the ledger, and what came later never was: targets where nothing of that
  // was begun are as they should be.
  bool is_live = false;
};

// What was put there last, when it is not what is live by the ledger: it failed, was cut off or was
// rejected. Nothing where what is live is what is there.
std::optional<ReleaseNumber> put_there_since(const EnvironmentState&);

// Of a whole state.
Result<Rollback> rollback(const State&, const std::string& environment);

}  // namespace davit
