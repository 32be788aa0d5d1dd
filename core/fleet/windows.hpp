// SPDX-License-Identifier: MIT
// Which shells are of Windows. A target with such a shell is a Windows target. Pure.
#pragma once

#include "definitions/step.hpp"

namespace davit {

inline bool is_of_windows(Step::Shell shell) {
  return shell == Step::Shell::powershell || shell == Step::Shell::pwsh ||
         shell == Step::Shell::cmd;
}

}  // namespace davit
