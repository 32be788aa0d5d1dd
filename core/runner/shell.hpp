// SPDX-License-Identifier: MIT
// How a step's script is handed to its shell: as a file, so that nothing of it shows in ps.
//
//   sh     sh -e FILE                   ends at the first command that fails
//   bash   bash -eo pipefail FILE       the same, also within a pipe
//   pwsh, powershell   -NoProfile -NonInteractive -File FILE
//   cmd    cmd /D /C FILE
//   python3   python3 -u FILE           its lines come when they are printed
#pragma once

#include <string>
#include <vector>

#include "definitions/step.hpp"

namespace davit {

// What the file's name has to end in for this shell.
const char* script_suffix(Step::Shell);

std::vector<std::string> shell_command(Step::Shell, const std::string& file);

}  // namespace davit
