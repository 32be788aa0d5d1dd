// SPDX-License-Identifier: MIT
#include "cli/terminal_text.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cli/utf8.hpp"

namespace davit {

namespace {

bool turns_direction(char32_t code) {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
         code == 0x200e || code == 0x200f || code == 0x061c;
}

// What stands for the character in plain sight; empty when it may stand as it is.
std::string visible(char32_t code) {
  if (code < 0x20 || code == 0x7f) return fmt::format("\\x{:02x}", static_cast<unsigned>(code));
  if ((code >= 0x80 && code < 0xa0) || code == 0x2028 || code == 0x2029 || turns_direction(code))
    return fmt::format("\\u{:04x}", static_cast<unsigned>(code));
  return {};
}

// Appends what may stand as it is at the beginning of the text, all at once: steps can print a lot.
std::size_t append_plain(std::string& out, std::string_view text) {
  const auto* end =
      std::find_if(text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7e; });
  out.append(text.begin(), end);
  return static_cast<std::size_t>(end - text.begin());
}

// Appends the first character of the text and returns its bytes.
std::size_t append_first(std::string& out, std::string_view text) {
  const auto character = first_character(text);
  if (!character) {
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    return 1;
  }
  const std::string shown = visible(character->code);
  out += shown.empty() ? text.substr(0, character->bytes) : shown;
  return character->bytes;
}

}  // namespace

std::string terminal_line(std::string_view text) {
  std::string out;
  for (;;) {
    text.remove_prefix(append_plain(out, text));
    if (text.empty()) return out;
    std::size_t bytes = 1;
    if (text.front() == '\n')
      out += "\\n";
    else if (text.front() == '\t')
      out += ' ';
    else
      bytes = append_first(out, text);
    text.remove_prefix(bytes);
  }
}

std::string terminal_text(std::string_view text, std::string_view indent) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::string out;
  for (;;) {
    const std::size_t end = text.find('\n');
    out += terminal_line(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += '\n';
    out += indent;
    text.remove_prefix(end + 1);
  }
}

}  // namespace davit
