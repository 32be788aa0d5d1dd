// SPDX-License-Identifier: MIT
// The highest head of a ledger that this clone has seen: one line in <common>/davit/seen/NAME,
// "17 <commit>". It only rises. Git forgets a ref that somebody deletes or moves back; this does
// not.
#pragma once

#include <optional>
#include <string>

#include "core/git/repository.hpp"
#include "core/ledger/remembered.hpp"
#include "definitions/result.hpp"

namespace davit {

using Seen = Remembered;

// Where it is kept.
std::string seen_file(const Repository&, const std::string& definition);

// Nothing where no ledger was seen yet, or where the file was cut off by a power failure. Read it
// before the ref: whoever appends moves the ref first.
std::optional<Seen> read_seen(const Repository&, const std::string& definition);

// Whole or not at all; a lower head than what is there is not written.
Outcome write_seen(const Repository&, const std::string& definition, const Seen&, bool sync);

// An error, with how to look at it and how to bring it back, unless the head is what was seen or
// has it behind it. `head` is empty where the ref is gone.
Outcome check_seen(Repository&, const std::string& definition, const Seen& seen, const Seen& head,
                   const std::string& parent_of_head);

}  // namespace davit
