// SPDX-License-Identifier: MIT
// The commits of a ledger: each the first parent of the one behind it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/git/repository.hpp"
#include "definitions/result.hpp"

namespace davit {

// At most `limit` ids (0: all) from `tip` on, newest first. Where a commit is missing the chain
// ends before it.
Result<std::vector<std::string>> chain(Repository&, const std::string& tip, std::size_t limit = 0);

// The ids behind `known` up to `tip`, oldest first; nothing where `known` is not behind `tip`.
Result<std::optional<std::vector<std::string>>> chain_since(Repository&, const std::string& known,
                                                            const std::string& tip);

// Reads these commits, in their order and many at a time. Those that are missing are left out.
Outcome each_commit(Repository&, const std::vector<std::string>& ids,
                    const std::function<Outcome(const GitObject&)>& take);

}  // namespace davit
