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
using StepEnvironment = std::map<std::string, std::string>;
Result<StepEnvironment> step_environment(Run&, const Spot&);
// What is added to a target's own environment: the plan's values and outputs, nothing of ours.
Result<StepEnvironment> target_environment(Run&, const PlannedStep&);

// As a program gets it: NAME=value.
std::vector<std::string> lines(const std::map<std::string, std::string>&);

}  // namespace davit
