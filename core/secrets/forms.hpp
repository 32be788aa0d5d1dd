// SPDX-License-Identifier: MIT
// The shapes in which a secret turns up in output.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace davit {

// The value and its forms, each at least `shortest` bytes long; sorted, none twice.
std::vector<std::string> secret_forms(std::string_view value, std::size_t shortest);

}  // namespace davit
