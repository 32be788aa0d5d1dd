// SPDX-License-Identifier: MIT
// Whether something waits for the very person who looks: an approval that they may give, and have
// not given. Who that is, is asked only where some approval is missing; nobody, where git does not
// know.
#pragma once

#include "cli/office.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

bool on_you(Office&, const Case&, const Verdict&);

}  // namespace davit
