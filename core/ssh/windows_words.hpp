// SPDX-License-Identifier: MIT
// How data is put into what PowerShell reads, so that it stays data. Pure.
#pragma once

#include <string>
#include <string_view>

namespace davit {

// One literal of PowerShell's, whatever the characters: in single quotes nothing means anything
// but a single quote, of which PowerShell knows five (', ‘, ’, ‚ and ‛), each doubled in there
// (CharExtensions.IsSingleQuote in PowerShell's CharTraits.cs; about_Quoting_Rules).
std::string powershell_word(std::string_view utf8);

// What -EncodedCommand takes: base64 of UTF-16LE (about_PowerShell_exe). ASCII alone.
std::string encoded_command(std::string_view ascii);

// A text for the session's input: one line, base64 of UTF-8.
std::string powershell_line(std::string_view utf8);

// Why Windows can't have this as the value of a variable ("it is no UTF-8 text"); empty where it
// can: the environment there is UTF-16 that ends with a NUL.
std::string unfit_value(std::string_view);

// A file's name for each of the words between the slashes of this: no two of them are one to
// Windows, which takes A for a, a colon for a stream and "con" for a device.
std::string windows_path(std::string_view words);

// Whether Windows can have this path, with slashes, below a folder ("Naming Files, Paths, and
// Namespaces" of its documentation).
bool is_windows_path(std::string_view path);

// By which Windows compares names; of ASCII's letters alone.
std::string upper_case(std::string text);

}  // namespace davit
