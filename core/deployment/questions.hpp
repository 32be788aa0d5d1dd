// SPDX-License-Identifier: MIT
// Asking targets what they hold.
#pragma once

#include <string>
#include <vector>

#include "core/deployment/sent_trees.hpp"
#include "core/policy/drift.hpp"
#include "core/ssh/openssh.hpp"

namespace davit {

struct Asked {
  const Reach& reach;
  const std::vector<Host>& hosts;
  std::string ledger;  // its id
  std::string place;   // "shop/production"
};

// Fills in what each of these found, or why it could not be asked: all at once, until nobody has
// said anything for half a minute. The trees of their traces are known, unless `unlooked`.
void ask_targets(const Asked&, SentTrees&, std::vector<TargetLook>&);

}  // namespace davit
