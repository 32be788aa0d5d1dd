// SPDX-License-Identifier: MIT
// --limit and --exclude: which of the targets are meant.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "core/fleet/narrowing.hpp"

namespace davit {

void declare(Options&, Narrowing&);

// " web1 'web[23]'": words as they would be typed, behind a command that is named.
std::string as_typed(const std::vector<std::string>& words);
// " --limit web1 --exclude 'web[23]'".
std::string as_typed(const Narrowing&);

}  // namespace davit
