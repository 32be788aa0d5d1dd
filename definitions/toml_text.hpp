// SPDX-License-Identifier: MIT
// What the TOML reader does to bare text: before parsing, and to say what the parser did not like.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "definitions/notes.hpp"

namespace davit {

// A document looked through before it is parsed.
struct Scan {
  // Where a key has more dots than allowed, which the parser would turn into as many tables.
  std::optional<Span> overlong_key;
  // The same without comments, every line and column where it was: the parser takes a third of its
  // time for them. Comments with anything but printable ASCII are left to its judgement.
  std::string bare;
};

Scan scan(std::string_view text, int most_dots);

// The line of this number, without its end; empty where there is none.
std::string_view line_of(std::string_view text, int line);

// toml++'s description of a syntax error, in davit's words, added to the notes.
void add_syntax_mistake(std::string_view text, Span, std::string_view description, Notes&);

}  // namespace davit
