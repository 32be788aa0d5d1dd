// SPDX-License-Identifier: MIT
// {fields} in davit's own text: paths, links, addresses and the names of releases.
//
// Nowhere else: scripts get variables as environment variables, never by putting text into text.
// "{{" stands for a brace, "}}" for a closing one; a closing brace alone is just that.
//
//   everywhere      {definition} {commit} {NAME.version}, of an artifact
//   in steps        {release} (its number) {name} (its display name) {environment} {attempt}
//   release_name    {rev} (counts the releases of the same name otherwise), {rev:000} (with leading
//                   zeros), {number}, {branch}, {date:%Y.%m.%d} (UTC, as strftime)
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/result.hpp"

namespace davit {

enum class FieldUse { step, release_name };

// Something wrong with the fields of a text, from byte `offset` on.
struct FieldMistake {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string message;             // "unknown field {relase}"
  std::string hint;                // empty for an unknown field
  std::string unknown;             // the unknown field's name
  std::vector<std::string> known;  // those it could have been
};

std::vector<FieldMistake> check_fields(std::string_view text, FieldUse,
                                       const std::vector<std::string>& artifacts);

// What stands for a field ("release", "app.version", "date:%Y"); nothing when it has no value.
using FieldLookup = std::function<std::optional<std::string>(std::string_view field)>;

// The text with every field replaced, once: a value is never looked at for fields again. An error
// names the field without a value, or says what is wrong with the text.
Result<std::string> expand(std::string_view text, const FieldLookup&);

}  // namespace davit
