// SPDX-License-Identifier: MIT
// Whether a release is on all targets of an environment after a deployment to some of them.
//
// A deployment that leaves targets out (--limit, --exclude) is recorded as partial even when all it
// did went well: "17 in part" is all that can be said of an environment where the other targets
// hold something else, and rules that want a whole one (`needs`) are not met by a trial on one
// host. A deployment to all targets makes it whole. Its exit status is 0: what was asked for is
// done.
#pragma once

#include <string>

#include "core/state/state.hpp"

namespace davit {

// The exception: what is live there as a whole, brought to some targets once more. It stays whole
// where all that began there since was narrowed in the same way, as a rollback of such a trial is.
// So does it where all that was touched since went back (`undone`). `state` is the whole one.
bool stays_whole(const State& state, const DeploymentId&, const Narrowing&, bool undone = false);

// The other exception: it came to the targets that were left out before, by deployments to some
// targets each, and nothing else has since. By the ledger, which must be all of it.
bool others_have_it(const State&, const DeploymentId&, const std::vector<std::string>& others);

}  // namespace davit
