// SPDX-License-Identifier: MIT
// Collecting garbage: removing from this clone the artifacts and logs that no release needs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/artifacts/retention.hpp"
#include "core/artifacts/store.hpp"

namespace davit {

// One definition: everything that happened, and what it retains.
struct History {
  const State& state;
  Retain retain;
};

struct Collected {
  std::string what;  // "artifact app 1.8.3 of storefront/3", "logs of storefront/3"
  std::string path;
  std::int64_t bytes = 0;
  bool operator==(const Collected&) const = default;
};

// An artifact goes when no kept release of any definition has it, and so do the logs of a release
// that is not kept. `all` must hold every definition that has a ledger here. An artifact that came
// within the last day stays: its release may be about to be written. Removes nothing in a dry run;
// says what it (would have) removed either way.
struct Collecting {
  std::string private_directory;
  Instant now{};
  bool dry_run = false;
};
Result<std::vector<Collected>> collect(Store&, const std::vector<History>& all, const Collecting&);

}  // namespace davit
