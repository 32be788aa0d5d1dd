// SPDX-License-Identifier: MIT
// Base64 of RFC 4648, §4: bytes as letters, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace davit {

std::string base64(std::string_view bytes);
// Nothing where it is none; what fills up the last group may be missing.
std::optional<std::string> from_base64(std::string_view digits);

}  // namespace davit
