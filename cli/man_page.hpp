// SPDX-License-Identifier: MIT
// The manual page davit(1), made from the same declarations as the parser and the help.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace davit {

// roff with the macros of man(7). `version` stands in the footer.
std::string man_page(const std::vector<Command>&, const std::string& version);

}  // namespace davit
