// SPDX-License-Identifier: MIT
// A plan in words: what changes when it runs, and its steps.
#pragma once

#include "cli/office.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

// From → to, commits, artifacts, values and definition that change: what an approver must know.
Outcome print_changes(Office&, Desk&, const Case&);

// The changes, then every step with the values that are its own.
Outcome print_plan(Office&, Desk&, const Case&);

}  // namespace davit
