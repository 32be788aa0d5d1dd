// SPDX-License-Identifier: MIT
// What the system said about a file, as an error that a person can act on.
#pragma once

#include <string>
#include <string_view>

#include "definitions/result.hpp"

namespace davit {

// "can't write /a/b: no space left on device", with a hint where the number (errno) suggests one.
Error file_error(std::string_view doing, const std::string& path, int number);

}  // namespace davit
