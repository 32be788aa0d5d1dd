// SPDX-License-Identifier: MIT
// The parts of the prelude (windows_prelude.hpp), each with what it is about.
//
// Names of PowerShell's are case-insensitive, and $PID, $HOME, $HOST, $INPUT, $ARGS, $ERROR and
// $MATCHES are its own. Where a .NET function is given $null for a text, it gets an empty one:
// [NullString]::Value is a null.
#pragma once

namespace davit {

extern const char* const kWindowsSession;  // answers, paths, davit's own folder, the fence
extern const char* const kWindowsSteps;    // run steps, as in remote_text.hpp
extern const char* const
    kWindowsReceipts;                    // as in remote_receipt.hpp, and what is left of old runs
extern const char* const kWindowsFiles;  // uploads and looks: remote_upload.hpp, remote_look.hpp
extern const char* const kWindowsTrees;  // uploads of what is unpacked

}  // namespace davit
