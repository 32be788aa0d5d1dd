// SPDX-License-Identifier: MIT
// Circles in who needs whom: things that wait for each other for ever.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace davit {

// Each circle as positions in the order of needing: the first needs the second, the last the first.
// Of circles that share a member not every one may be told. Takes time in proportion to the needs.
std::vector<std::vector<std::size_t>> circles(const std::vector<std::vector<std::size_t>>& needs);

// "a needs b, b needs a"; of a long one its beginning.
std::string told(const std::vector<std::string>& circle, const char* needs);

}  // namespace davit
