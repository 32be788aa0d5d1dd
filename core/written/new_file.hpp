// SPDX-License-Identifier: MIT
// A file that was not there before.
#pragma once

#include <string>

#include "definitions/result.hpp"

namespace davit {

// Makes the folders it needs, too. Whole or not at all; refused where the file exists.
Outcome write_new_file(const std::string& path, const std::string& text);

}  // namespace davit
