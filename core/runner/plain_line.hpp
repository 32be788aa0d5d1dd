// SPDX-License-Identifier: MIT
// A line of a step's output as it may be shown: what a terminal would leave standing of it, as
// text.
//
// Escape sequences (colours, titles, cursor) are taken out, of a line written over and over with
// carriage returns the last remains, invalid UTF-8 becomes U+FFFD, and so do other control
// characters and those that turn the direction of text. The log keeps the bytes.
#pragma once

#include <string>
#include <string_view>

namespace davit {

// The line itself where nothing is to be done; otherwise what stands in `room` then.
std::string_view plain_line(std::string_view line, std::string& room);
std::string plain_line(std::string_view line);

}  // namespace davit
