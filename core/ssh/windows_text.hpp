// SPDX-License-Identifier: MIT
// What davit says to PowerShell on a Windows target: the tongue of hosts with `shell =
// "powershell"`, "pwsh" or "cmd".
//
// sshd there starts `powershell` (or `pwsh`) with a fixed -EncodedCommand: the same words for every
// host and every step, so that no quoting of cmd.exe or of sshd's own shell ever matters. It reads
// its standard input, a line at a time, each a text of PowerShell's in base64, and runs it. The
// first is the prelude (windows_prelude.hpp), a set of functions; every later one is one call of
// one of them with literals as arguments; the values of a step's variables, of which some are
// secret, follow as lines of data. So scripts, values and paths stand in no command line.
//
// It answers as remote_text.hpp says: TOKEN lines on standard error, counted raw bytes on standard
// output. What differs from there:
//
//   - A step is begun by WMI (Win32_Process.Create) with its environment, since what sshd's session
//     starts dies with it: https://github.com/PowerShell/Win32-OpenSSH/issues/1642. WMI is the
//     administrators' there, unless others are let in: issue 2077 of the same.
//   - The supervisor is cmd.exe with a file of ours, which writes the log and the exit code.
//   - Nobody there can ask a process to end: TERM ends the step's processes as KILL does. They are
//     found by who began whom; one whose parent has gone is not.
//   - Files are in %LOCALAPPDATA%\davit, for the user, SYSTEM and Administrators alone; paths start
//     in %USERPROFILE%.
//   - A tree comes as windows_list.hpp says. Links are not spoken of: plan/unsupported.cpp refuses
//     them.
#pragma once

#include "core/ssh/tongue.hpp"

namespace davit {

// Of hosts with this shell: what a step of no other shell is run by.
const Tongue& windows_tongue(Step::Shell);

}  // namespace davit
