// SPDX-License-Identifier: MIT
// What toml++ says about a syntax error, said as davit says things.
#include <fmt/format.h>

#include <array>
#include <string>

#include "definitions/toml_text.hpp"

namespace davit {

namespace {

struct Said {
  std::string_view contains;  // in toml++'s description
  std::string_view message;
  std::string_view hint;
};

// The first one that fits.
constexpr std::array kSaid = {
    Said{"nested value depth", "nested too deeply", "64 levels are the most davit reads"},
    Said{"invalid utf-8", "not valid UTF-8", "save the file as UTF-8"},
    Said{"saw '\\u0000'", "a NUL byte", "definitions are plain text"},
    Said{"parsing comment: control characters", "a control character in a comment", ""},
    Said{"string: unescaped control characters", "text goes on past the end of its line",
         "close the quote, or write longer text between three quotes"},
    Said{"string: encountered end-of-file", "text is not closed", "the closing quote is missing"},
    Said{"array: encountered end-of-file", "list is not closed", "the closing ] is missing"},
    Said{"inline table: encountered end-of-file", "table is not closed",
         "the closing } is missing"},
    Said{"key-value pair: encountered end-of-file", "key without a value", "write key = value"},
    Said{"encountered end-of-file", "the file ends in the middle of this", ""},
    Said{"expected a comment or whitespace", "more on the line than one value",
         "each key = value has a line of its own; commas belong in lists and { tables }"},
    Said{"could not determine value type", "this is no value",
         "text stands in quotes: key = \"text\""},
    Said{"decimal integer: expected digit", "this is no number",
         "text stands in quotes, also lengths of time: key = \"5m\""},
    Said{"representable in 64 bits", "number is too large", "put it in quotes if it is text"},
    Said{"could not be interpreted as a value", "this is no number", ""},
    Said{"expected keys, tables, whitespace or comments", "this is no key",
         "keys are letters, digits, - and _; others stand in quotes"},
    Said{"after '\\r'", "a carriage return in the middle of a line", "lines end in LF or CRLF"},
    Said{"into existing inline table", "a table in braces can't be added to",
         "write it as [table] instead"},
    Said{"unknown escape sequence", "unknown escape sequence in text",
         "a backslash is written \\\\; or put the text in 'single quotes'"},
};

// "a" of "cannot redefine existing integer 'a' as …"
std::string_view quoted(std::string_view text) {
  const auto from = text.find('\'');
  if (from == std::string_view::npos) return "";
  const auto to = text.find('\'', from + 1);
  return to == std::string_view::npos ? "" : text.substr(from + 1, to - from - 1);
}

// toml++ sees a name twice only when it has read it all; point at the start of the line instead.
Span from_start_of_line(std::string_view text, Span span) {
  const std::string_view line = line_of(text, span.line);
  const auto first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return span;
  span.column = static_cast<int>(first) + 1;
  const auto end = line.find_first_of(line[first] == '[' ? "]#" : "=#", first);
  const auto last = line.find_last_not_of(" \t=", end);
  if (last != std::string_view::npos && last >= first)
    span.length = static_cast<int>(last - first) + 1;
  return span;
}

std::string without_prefix(std::string_view description) {
  constexpr std::string_view kPrefix = "Error while parsing ";
  if (description.starts_with(kPrefix)) description.remove_prefix(kPrefix.size());
  return fmt::format("not valid TOML: {}", description);
}

}  // namespace

void add_syntax_mistake(std::string_view text, Span span, std::string_view description,
                        Notes& notes) {
  if (description.find("cannot redefine") != std::string_view::npos) {
    notes.add(from_start_of_line(text, span),
              fmt::format("'{}' is written twice", quoted(description)),
              "write a table or key once, with all that belongs to it");
    return;
  }
  for (const Said& said : kSaid) {
    if (description.find(said.contains) == std::string_view::npos) continue;
    notes.add(span, std::string(said.message), std::string(said.hint));
    return;
  }
  notes.add(span, without_prefix(description));
}

}  // namespace davit
