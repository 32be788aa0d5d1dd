// SPDX-License-Identifier: MIT
// A plan that somebody wrote to a file and looked at: only exactly that is deployed.
#pragma once

#include <string>

#include "core/plan/plan.hpp"

namespace davit {

// Refused, with what differs, when the plan worked out now is another than the file's.
Outcome same_as_file(const std::string& path, const Plan& now);

}  // namespace davit
