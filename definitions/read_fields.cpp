// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "definitions/reading.hpp"
#include "definitions/shaped.hpp"

namespace davit {

namespace {

// The part of the value that is meant, when the value stands on its line as it is.
Span part(const Node& value, const FieldMistake& mistake) {
  const std::string_view text = value.text;
  if (value.span.length != characters(text)) return value.span;
  return {value.span.line, value.span.column + characters(text.substr(0, mistake.offset)),
          characters(text.substr(mistake.offset, mistake.length))};
}

}  // namespace

std::string read_fields(const Node& table, std::string_view key, FieldUse use, Scope& scope) {
  const Node* value = table.find(key);
  if (value == nullptr) return "";
  for (FieldMistake& mistake : check_fields(value->text, use, scope.artifacts)) {
    if (!mistake.known.empty()) {
      mistake.hint = scope.notes.did_you_mean(mistake.unknown, mistake.known);
      if (mistake.hint.empty())
        mistake.hint = fmt::format("known fields: {}", fmt::join(mistake.known, ", "));
    }
    scope.notes.add(part(*value, mistake), mistake.message, mistake.hint);
  }
  return value->text;
}

void note_unknown(const Node& name, std::string_view what, const std::vector<std::string>& known,
                  Notes& notes) {
  std::string hint = notes.did_you_mean(name.text, known);
  if (hint.empty())
    hint = known.empty() ? "none is defined in this file"
                         : fmt::format("known: {}", fmt::join(known, ", "));
  notes.add(name.span, fmt::format("there is no {} '{}'", what, name.text), std::move(hint));
}

}  // namespace davit
