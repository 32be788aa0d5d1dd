// SPDX-License-Identifier: MIT
#include "core/runner/plain_line.hpp"

#include <algorithm>
#include <cstdint>

namespace davit {

namespace {

constexpr char kEscape = '\x1b';
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

unsigned byte(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
}

// After ESC [: parameters, then one final byte (ECMA-48, 5.4).
std::size_t control_sequence(std::string_view text) {
  std::size_t at = 2;
  while (byte(text, at) >= 0x20 && byte(text, at) <= 0x3f) ++at;
  return byte(text, at) >= 0x40 && byte(text, at) <= 0x7e ? at + 1 : at;
}

// After ESC ] and its like: up to BEL or ESC backslash.
std::size_t control_string(std::string_view text) {
  for (std::size_t at = 2; at < text.size(); ++at) {
    if (text[at] == '\a') return at + 1;
    if (text[at] == kEscape && byte(text, at + 1) == '\\') return at + 2;
  }
  return text.size();
}

// The length of the escape sequence that the text begins with.
std::size_t sequence(std::string_view text) {
  switch (byte(text, 1)) {
    case '[':
      return control_sequence(text);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
      return control_string(text);
    default:
      break;
  }
  std::size_t at = 1;
  while (byte(text, at) >= 0x20 && byte(text, at) <= 0x2f) ++at;
  return byte(text, at) >= 0x30 && byte(text, at) <= 0x7e ? at + 1 : at;
}

struct Character {
  std::size_t length = 1;
  std::uint32_t code = 0;
  bool valid = false;
};

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
Character character(std::string_view text) {
  const unsigned first = byte(text, 0);
  if (first < 0x80) return {1, first, true};
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return {};
  std::uint32_t code = first & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(text, i) & 0xc0) != 0x80) return {};
    code = code << 6 | (byte(text, i) & 0x3f);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (overlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return {};
  return {length, code, true};
}

bool obeyed(std::uint32_t code) {
  return (code < 0x20 && code != '\t') || (code >= 0x7f && code < 0xa0) ||
         (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
         code == 0x200e || code == 0x200f || code == 0x2028 || code == 0x2029;
}

std::string_view last_written(std::string_view line) {
  while (line.ends_with('\r')) line.remove_suffix(1);
  return line.substr(line.rfind('\r') + 1);
}

}  // namespace

std::string_view plain_line(std::string_view line, std::string& room) {
  if (std::all_of(line.begin(), line.end(), [](char c) { return c >= 0x20 && c < 0x7f; }))
    return line;
  auto rest = last_written(line);
  room.clear();
  while (!rest.empty()) {
    if (rest.front() == kEscape) {
      rest.remove_prefix(sequence(rest));
      continue;
    }
    const auto next = character(rest);
    room += next.valid && !obeyed(next.code) ? rest.substr(0, next.length) : kReplacement;
    rest.remove_prefix(next.length);
  }
  return room;
}

std::string plain_line(std::string_view line) {
  std::string room;
  return std::string(plain_line(line, room));
}

}  // namespace davit
