// SPDX-License-Identifier: MIT
// A plan in words: its steps, and the values that they get.
#pragma once

#include <string>

#include "cli/style.hpp"
#include "core/plan/plan.hpp"

namespace davit {

// Every step, with the values that are its own.
std::string plan_text(const Plan&, const Style&);

// " in 2 batches (1, 2)"; nothing where all go at once.
std::string in_batches(const Plan&);

}  // namespace davit
