// SPDX-License-Identifier: MIT
// Environments in the order of their pipeline, as status tells of them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "definitions/definition.hpp"

namespace davit {

// These names so that each comes after those it needs; behind them, by name, what is no environment
// of the definition.
std::vector<std::string> by_pipeline(const Definition&, const std::set<std::string>& names);

}  // namespace davit
