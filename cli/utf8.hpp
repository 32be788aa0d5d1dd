// SPDX-License-Identifier: MIT
// Characters of UTF-8 text, and how many columns of a terminal they take.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace davit {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
};

// The character that the text begins with; nothing where that is not valid UTF-8 (RFC 3629).
// Never asked with empty text.
std::optional<Character> first_character(std::string_view text);

// 2 for wide characters (East Asian, emoji), 0 for those that join the one before, otherwise 1.
int columns(char32_t);

// Columns of a line; colours take none.
int columns(std::string_view text);

// At most so many bytes of its beginning, in whole characters.
std::string_view head(std::string_view text, std::size_t bytes);

// As much of the line as fits into so many columns; a colour that is cut off ends.
std::string cut(std::string_view text, int columns);

}  // namespace davit
