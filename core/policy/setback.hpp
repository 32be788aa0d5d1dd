// SPDX-License-Identifier: MIT
// A setback: what was tried in an environment and is not what is live there now. It is told until
// something else goes well there, or it is given up: abandoned, or marked bad. What a failure
// itself has put back (on_failure = "rollback") ends nothing; a rollback by hand does.
#pragma once

#include <optional>
#include <string>

#include "core/state/state.hpp"

namespace davit {

struct Setback {
  ReleaseNumber release;
  int attempt = 1;
  std::string how;  // failed, canceled, rejected
  Instant at{};
  std::string message;  // the first failure; canceled, rejected: the reason
  bool operator==(const Setback&) const = default;
};

// What ended badly last; or else the newest release that was ever started here, when it ended
// badly, is newer than what is live, was not given up, and nobody has put anything there since. The
// state holds the release that ended last, and the newest.
std::optional<Setback> setback(const State&, const std::string& environment);

}  // namespace davit
