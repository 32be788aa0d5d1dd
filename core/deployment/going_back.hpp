// SPDX-License-Identifier: MIT
// Going back to what was good, on the targets that need it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/deployment/deploy.hpp"
#include "core/policy/rollback.hpp"

namespace davit {

// A rollback as a deployment that is wanted. Where what is gone back from was never live, only the
// targets that it touched are meant: anything was begun there, well or not. On the others the
// release that is gone back to runs undisturbed. What was touched is known from the journals of
// this clone and from the ledger; where neither has all of it, every target is meant.
Wanted wanted_back(Registry&, const State&, const std::string& environment, const Rollback&,
                   const std::string& asker);

// What on_failure = "rollback" does when a deployment has failed: brings back what was good,
// unless nothing was begun anywhere.
Result<Deployed> after_failure(Registry&, const Case&, const Conduct&, Result<Deployed>);

}  // namespace davit
