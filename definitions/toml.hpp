// SPDX-License-Identifier: MIT
// A TOML 1.0 document as a tree of plain values, everything with its place. The one door to toml++.
//
// Members are in the order in which they were first written, however they were written: under a
// [header], as a dotted key, inline, or as an [[array of tables]]. Any bytes may be given; what is
// no TOML is a mistake with its place, never a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/notes.hpp"

namespace davit {

// Tables and arrays within each other: at most so many.
inline constexpr int kDeepestToml = 64;

struct Member;

struct Node {
  enum class Kind { table, array, text, integer, real, boolean, date, time, date_time };

  Kind kind = Kind::table;
  // Of text on one line: what is between the quotes. Of a table: its key; in a list, its
  // [[header]] or braces.
  Span span;
  std::string text;  // text: the value; dates and times: as TOML has them; numbers: in decimal
  std::int64_t integer = 0;
  double real = 0;
  bool boolean = false;
  std::vector<Node> items;      // array
  std::vector<Member> members;  // table

  bool is(Kind k) const { return kind == k; }
  const Node* find(std::string_view key) const;  // null where there is none
};

struct Member {
  std::string key;
  Span span;  // of the key
  Node value;
};

// "a table", "text", "a whole number" …
const char* text(Node::Kind);

// The document; without one when the text is no TOML, which is then the mistake added to the notes.
std::optional<Node> parse_toml(std::string_view text, Notes&);

}  // namespace davit
