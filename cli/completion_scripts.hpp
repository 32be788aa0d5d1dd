// SPDX-License-Identifier: MIT
// The scripts that make shells ask davit what may stand where the cursor is. The files under
// completions/ are these, for packages.
#pragma once

#include <string_view>

namespace davit {

// shell: bash, zsh, fish; empty for any other.
std::string_view completion_script(std::string_view shell);

}  // namespace davit
