// SPDX-License-Identifier: MIT
// Looking at the targets of an environment: what the ledger records, and what each of them holds.
#pragma once

#include <string>
#include <vector>

#include "core/policy/drift.hpp"
#include "core/registry/registry.hpp"
#include "core/ssh/openssh.hpp"

namespace davit {

struct PlaceLook {
  std::string environment;
  ReleaseNumber live;
  bool under_way = false;  // something is being deployed there, or stands unfinished
  std::vector<TargetLook> targets;
};

// Asks all of them at once, until nobody has said anything for half a minute, and changes nothing
// there. No targets where the environment has none, or where nothing is live.
// `said` of ssh: as of reach_of.
Result<PlaceLook> look_at_targets(Registry&, const std::string& definition,
                                  const std::string& environment, const SshSettings& said,
                                  Instant now);

}  // namespace davit
