// SPDX-License-Identifier: MIT
// The two fixed texts of PowerShell's, for Windows PowerShell 5.1 and PowerShell 7.
#pragma once

#include <string>

namespace davit {

// What -EncodedCommand holds: reads standard input line by line and runs each. Short: a command
// line of cmd.exe takes 8191 characters.
const char* windows_bootstrap();

// The first line it gets: the functions that later lines call.
const std::string& windows_prelude();

}  // namespace davit
