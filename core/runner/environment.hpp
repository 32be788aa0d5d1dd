// SPDX-License-Identifier: MIT
// The environment variables a step finds.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/runner/run.hpp"

namespace davit {

// Asks for the step's secrets, which are in the run's mask from then on. An error names the
// variable.
Result<std::map<std::string, std::string>> step_environment(Run&, const Spot&);

// As a program gets it: NAME=value.
std::vector<std::string> lines(const std::map<std::string, std::string>&);

}  // namespace davit
