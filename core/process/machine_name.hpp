// SPDX-License-Identifier: MIT
// The name of the machine that davit runs on.
#pragma once

#include <string>

namespace davit {

// As gethostname(2) tells it; empty where it tells none.
std::string machine_name();

}  // namespace davit
