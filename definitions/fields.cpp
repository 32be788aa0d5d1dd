// SPDX-License-Identifier: MIT
#include "definitions/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "definitions/form_text.hpp"

namespace davit {

namespace {

// Text as it stands, or a field.
struct Piece {
  std::string_view text;
  bool field = false;
  std::size_t offset = 0;
};

struct Pieces {
  std::vector<Piece> all;
  std::optional<std::size_t> unclosed;  // where a brace is opened and never closed
};

Pieces pieces_of(std::string_view text) {
  Pieces pieces;
  for (std::size_t at = 0; at < text.size();) {
    const auto brace = std::min(text.find_first_of("{}", at), text.size());
    if (brace > at) pieces.all.push_back({text.substr(at, brace - at), false, at});
    if (brace == text.size()) break;
    const bool doubled = brace + 1 < text.size() && text[brace + 1] == text[brace];
    if (doubled || text[brace] == '}') {
      pieces.all.push_back({text.substr(brace, 1), false, brace});
      at = brace + (doubled ? 2 : 1);
      continue;
    }
    const auto end = text.find('}', brace);
    if (end == std::string_view::npos) {
      pieces.unclosed = brace;
      break;
    }
    pieces.all.push_back({text.substr(brace + 1, end - brace - 1), true, brace});
    at = end + 1;
  }
  return pieces;
}

constexpr std::string_view kVersion = ".version";

std::vector<std::string> known_fields(FieldUse use, const std::vector<std::string>& artifacts) {
  std::vector<std::string> known = {"definition", "commit"};
  if (use == FieldUse::step)
    known.insert(known.end(), {"release", "name", "environment", "attempt"});
  else
    known.insert(known.end(), {"rev", "number", "branch", "date"});
  for (const std::string& artifact : artifacts) known.push_back(artifact + std::string(kVersion));
  return known;
}

bool is_padding(std::string_view text) {
  return !text.empty() && text.size() <= 9 && text.find_first_not_of('0') == std::string_view::npos;
}

bool is_date_format(std::string_view text) {
  if (text.empty()) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') continue;
    constexpr std::string_view kLetters = "YymdeHMSjVGgaAbBuI%";
    if (++at == text.size() || kLetters.find(text[at]) == std::string_view::npos) return false;
  }
  return true;
}

// Fields with something behind a colon. Empty where it is fine.
std::string bad_argument(std::string_view name, std::string_view argument) {
  if (name == "rev" && !is_padding(argument)) return "zeros, as in {rev:000}";
  if (name == "date" && !is_date_format(argument)) return "as strftime: {date:%Y.%m.%d}";
  if (name != "rev" && name != "date") return fmt::format("write {{{}}}", shown(name));
  return "";
}

std::optional<FieldMistake> check(const Piece& piece, const std::vector<std::string>& known) {
  const auto colon = piece.text.find(':');
  const std::string_view name = piece.text.substr(0, colon);
  FieldMistake mistake{.offset = piece.offset, .length = piece.text.size() + 2};
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    mistake.message = fmt::format("unknown field {{{}}}", shown(name));
    mistake.unknown = name;
    mistake.known = known;
    return mistake;
  }
  const bool bare = colon == std::string_view::npos;
  if (bare && name != "date") return std::nullopt;
  mistake.hint = bad_argument(name, bare ? "" : piece.text.substr(colon + 1));
  if (mistake.hint.empty()) return std::nullopt;
  mistake.message = fmt::format("field {{{}}} is not well written", shown(piece.text));
  return mistake;
}

FieldMistake unclosed(std::size_t offset) {
  return {
      .offset = offset, .message = "'{' is never closed", .hint = "a brace itself is written {{"};
}

}  // namespace

std::vector<FieldMistake> check_fields(std::string_view text, FieldUse use,
                                       const std::vector<std::string>& artifacts) {
  std::vector<FieldMistake> mistakes;
  if (text.find('{') == std::string_view::npos) return mistakes;
  const Pieces pieces = pieces_of(text);
  const auto known = known_fields(use, artifacts);
  for (const Piece& piece : pieces.all)
    if (piece.field)
      if (auto mistake = check(piece, known)) mistakes.push_back(std::move(*mistake));
  if (pieces.unclosed) mistakes.push_back(unclosed(*pieces.unclosed));
  return mistakes;
}

Result<std::string> expand(std::string_view text, const FieldLookup& lookup) {
  const Pieces pieces = pieces_of(text);
  if (pieces.unclosed) {
    const FieldMistake mistake = unclosed(*pieces.unclosed);
    return Error{mistake.message, mistake.hint};
  }
  std::string out;
  for (const Piece& piece : pieces.all) {
    if (!piece.field) {
      out += piece.text;
      continue;
    }
    const auto value = lookup(piece.text);
    if (!value)
      return Error{fmt::format("field {{{}}} has no value here", shown(piece.text)),
                   "davit check names the fields that are known"};
    out += *value;
  }
  return out;
}

}  // namespace davit
