// SPDX-License-Identifier: MIT
// What the TOML reader does to bare text: before parsing, and to say what the parser did not like.
#pragma once

#include <optional>
#include <string_view>

#include "definitions/notes.hpp"

namespace davit {

// Where a key has more than `most` dots, which the parser would turn into as many nested tables.
std::optional<Span> overlong_key(std::string_view text, int most);

// The line of this number, without its end; empty where there is none.
std::string_view line_of(std::string_view text, int line);

// toml++'s description of a syntax error, in davit's words, added to the notes.
void add_syntax_mistake(std::string_view text, Span, std::string_view description, Notes&);

}  // namespace davit
