// SPDX-License-Identifier: MIT
// Text from outside (files, other programs, commit messages), made harmless for a terminal.
//
// Control characters, escapes, invalid UTF-8 and characters that turn the direction of text are
// shown as \x1b, \u202e: seen, not obeyed.
#pragma once

#include <string>
#include <string_view>

namespace davit {

// In one line: a line end is shown as \n, a tab as a blank.
std::string terminal_line(std::string_view text);

// Line ends stay, and each further line begins with `indent`; a line end at the end is dropped.
std::string terminal_text(std::string_view text, std::string_view indent = "");

}  // namespace davit
