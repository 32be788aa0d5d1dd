// SPDX-License-Identifier: MIT
// The commits of a ledger, newest first: each the first parent of the one before it.
#pragma once

#include <string>
#include <vector>

#include "core/git/repository.hpp"
#include "definitions/result.hpp"

namespace davit {

// At most `limit` ids (0: all) from `tip` on. Where a commit is missing the chain ends before it.
Result<std::vector<std::string>> chain(Repository&, const std::string& tip, std::size_t limit = 0);

}  // namespace davit
