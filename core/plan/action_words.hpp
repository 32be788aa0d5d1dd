// SPDX-License-Identifier: MIT
// What a step does, in a line.
#pragma once

#include <string>

#include "definitions/step.hpp"

namespace davit {

// "./deploy.sh …", "app → /srv/app", "GET http://…". As it is written: not yet fit for a terminal.
std::string in_a_line(const Action&);

}  // namespace davit
