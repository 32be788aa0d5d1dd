// SPDX-License-Identifier: MIT
// Retention: which releases' artifacts and logs are still needed, by `retain` and by what happened.
//
// Pure. A release is kept while it is live, running, waited for or a draft; while a rollback may go
// to it; among the newest `at_least` of its definition and of each environment; and for `days`
// after anything last happened to it. What the ledger says of a dropped release stays in the
// ledger.
#pragma once

#include <string>
#include <vector>

#include "core/state/state.hpp"
#include "definitions/definition.hpp"

namespace davit {

struct Retained {
  ReleaseNumber release;
  std::string because;  // "live in production"; empty: may be dropped
  bool operator==(const Retained&) const = default;
};

// All releases of a whole state, in their order.
std::vector<Retained> retention(const State&, const Retain&, Instant now);

}  // namespace davit
