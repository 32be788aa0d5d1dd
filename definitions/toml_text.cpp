// SPDX-License-Identifier: MIT
#include "definitions/toml_text.hpp"

#include <algorithm>

namespace davit {

namespace {

// Behind the string that starts at `at`; the end of the text when it is never closed.
std::size_t skip_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string_view rest = text.substr(at);
  const bool three = rest.size() > 2 && rest[1] == quote && rest[2] == quote;
  const std::size_t width = three ? 3 : 1;
  for (at += width; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (!three && text[at] == '\n') {
      return at;
    } else if (text[at] == quote && (!three || text.substr(at, 3) == rest.substr(0, 3))) {
      return at + width;
    }
  }
  return text.size();
}

// Of a comment, also one of a line that ends in CRLF.
bool plain(std::string_view comment) {
  if (comment.ends_with('\r')) comment.remove_suffix(1);
  return std::all_of(comment.begin(), comment.end(),
                     [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; });
}

int line_number(std::string_view text, std::size_t at) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size()));
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

}  // namespace

Scan scan(std::string_view text, int most_dots) {
  Scan found;
  found.bare.reserve(text.size());
  int dots = 0;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = skip_string(text, at);
      continue;
    }
    if (c == '#') {
      const auto end = std::min(text.find('\n', at), text.size());
      if (plain(text.substr(at, end - at))) {
        found.bare += text.substr(copied, at - copied);
        copied = end;
      }
      at = end;
      continue;
    }
    if (c == '.' && ++dots > most_dots) {
      found.overlong_key = Span{line_number(text, at), 1, 1};
      return found;
    }
    if (c == '\n' || c == '=' || c == ',' || c == '{' || c == '[') dots = 0;
    ++at;
  }
  found.bare += text.substr(std::min(copied, text.size()));
  return found;
}

std::string_view line_of(std::string_view text, int line) {
  std::size_t start = 0;
  for (int n = 1; n < line; ++n) {
    start = text.find('\n', start);
    if (start == std::string_view::npos) return {};
    ++start;
  }
  std::string_view found = text.substr(start, text.find('\n', start) - start);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

}  // namespace davit
