// SPDX-License-Identifier: MIT
// Verifying what is new: whoever acts on a ledger verifies it first, from the last head that was
// verified in this clone on (<common>/davit/verified/NAME). A head that is not behind the present
// one counts for nothing.
#pragma once

#include "core/ledger/remembered.hpp"
#include "core/ledger/snapshot.hpp"

namespace davit {

// An error, with how to look at it and the way back, where the ledger does not hold up to the
// snapshot's head.
Outcome check_up_to(Repository&, const std::string& definition, const Snapshot&);

// Whether this clone has verified everything up to this head.
bool is_verified(const Repository&, const std::string& definition, const std::string& head);

// Everything up to this head holds.
void remember_verified(const Repository&, const std::string& definition, const Remembered&);

}  // namespace davit
