// SPDX-License-Identifier: MIT
// The names of many hosts in a few words: "web01…web38 (38)".
#pragma once

#include <string>
#include <vector>

namespace davit {

// Names that count on are a range; of more than three names or ranges the first are told. The
// number stands behind where not every name is told. In the order they are given.
std::string host_names(const std::vector<std::string>& names);

}  // namespace davit
