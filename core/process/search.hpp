// SPDX-License-Identifier: MIT
// Where programs are looked up.
#pragma once

#include <string>

namespace davit {

// Whether PATH leads to a file of this name. Without one, starting it may be called "permission
// denied" by the system, where PATH holds a directory that this user may not look into.
bool is_on_path(const std::string& program);

}  // namespace davit
