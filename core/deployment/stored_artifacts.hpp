// SPDX-License-Identifier: MIT
// The artifacts of a plan, as this clone's store has them.
#pragma once

#include <map>
#include <string>

#include "core/git/repository.hpp"
#include "core/plan/plan.hpp"

namespace davit {

// Name -> file. An error names the first that is not there, or is not what it was.
Result<std::map<std::string, std::string>> stored_artifacts(const Repository&, const Plan&);

}  // namespace davit
