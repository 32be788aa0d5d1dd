// SPDX-License-Identifier: MIT
// What happens to a release of the measured definitions in its life, as facts: it is cut, and
// brought to dev, test, staging, preprod and, with an approval, to production.
#pragma once

#include <string>
#include <vector>

#include "core/events/event.hpp"

namespace davit::bench {

// The definition as it is committed in the scratch repository.
struct Pinned {
  DefinitionPin definition;
  std::string rules;  // the commit
};

// The facts of the release of this number; `last`: the newest one, which still waits before
// production.
std::vector<Fact> life(const Pinned&, int number, bool last, Instant now);

// How many facts a whole life has.
inline constexpr int kFacts = 12;

}  // namespace davit::bench
