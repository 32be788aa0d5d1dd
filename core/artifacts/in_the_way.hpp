// SPDX-License-Identifier: MIT
// What may stand where an artifact is put, and why it is left there.
#pragma once

#include <string>

#include "definitions/result.hpp"

namespace davit {

// A symlink; a file where a folder is to be; a folder where a file is to be.
enum class InTheWay { symlink, file, folder };

Error in_the_way(InTheWay, const std::string& to);

}  // namespace davit
