// SPDX-License-Identifier: MIT
// The names that may be completed, from the repository: definitions that were written or have a
// ledger, the newest releases, environments, hosts. Whatever can't be read is left out, quietly.
#pragma once

#include <string>

#include "cli/completions.hpp"

namespace davit {

// Nothing is opened before a name is asked for. directory: as of -C, empty for here.
KnownNames names_of_repository(const std::string& directory);

}  // namespace davit
