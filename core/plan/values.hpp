// SPDX-License-Identifier: MIT
// The values that steps get as environment variables, and where each comes from.
//
//   definition < environment < release (set when it was cut) < step; DAVIT_* are davit's own
#pragma once

#include <vector>

#include "core/plan/plan.hpp"

namespace davit {

// Those of an environment, sorted by name. An error names a variable that nobody gave a value.
Result<std::vector<PlannedValue>> environment_values(const Definition& pinned,
                                                     const Environment& environment,
                                                     const Release& release);

// The same with a step's own on top and davit's DAVIT_* among them.
Result<std::vector<PlannedValue>> step_values(const std::vector<PlannedValue>& environment,
                                              const Variables& step,
                                              const std::vector<PlannedValue>& own);

// DAVIT_RELEASE, DAVIT_ENVIRONMENT, …: what a step is told about the deployment it is part of. The
// paths of artifacts and of DAVIT_OUTPUT are added by the runner, who knows them.
std::vector<PlannedValue> own_values(const Plan&, const Release&);

// "storefront-web" -> "STOREFRONT_WEB": an artifact's name inside the name of a variable.
std::string variable_form(const std::string& name);

}  // namespace davit
