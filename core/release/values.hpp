// SPDX-License-Identifier: MIT
// The values given when a release is cut, against what the definition lets be asked.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "definitions/definition.hpp"
#include "definitions/result.hpp"

namespace davit {

using Given = std::vector<std::pair<std::string, std::string>>;

// Every value must be of a variable that says ask = true and one of its choices, and every variable
// without a value must be given one.
Outcome check_given(const Definition&, const Given&);

}  // namespace davit
