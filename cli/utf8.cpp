// SPDX-License-Identifier: MIT
#include "cli/utf8.hpp"

#include <algorithm>
#include <array>

namespace davit {

namespace {

struct Range {
  char32_t first, last;
};

// Marks that join the character before (the blocks in use, from UnicodeData: Mn, Me, Cf).
constexpr std::array<Range, 20> kJoining = {{
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a}, {0x064b, 0x065f},
    {0x0900, 0x0902}, {0x093c, 0x093c}, {0x0941, 0x0948}, {0x094d, 0x094d}, {0x0e31, 0x0e31},
    {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200f},
    {0x2060, 0x2064}, {0x20d0, 0x20f0}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xe0100, 0xe01ef},
}};

// East Asian wide and full-width, and emoji shown as pictures (EastAsianWidth: W, F).
constexpr std::array<Range, 24> kWide = {{
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x2614, 0x2615},
    {0x26a1, 0x26a1},   {0x2705, 0x2705},   {0x274c, 0x274c},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x2b50, 0x2b50},   {0x2e80, 0x303e},
    {0x3041, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97c},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd},
}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t code) {
  const auto* range = std::lower_bound(ranges.begin(), ranges.end(), code,
                                       [](const Range& r, char32_t c) { return r.last < c; });
  return range != ranges.end() && range->first <= code;
}

std::size_t length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

// The bytes of a colour or another CSI sequence at the start; 0 where there is none.
std::size_t escape(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const auto* end =
      std::find_if(text.begin() + 2, text.end(), [](char c) { return c >= 0x40 && c <= 0x7e; });
  return end == text.end() ? text.size() : static_cast<std::size_t>(end - text.begin()) + 1;
}

}  // namespace

std::optional<Character> first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = length(lead);
  if (bytes == 0 || bytes > text.size()) return std::nullopt;
  char32_t code = bytes == 1 ? lead : lead & (0xffU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0U) != 0x80U) return std::nullopt;
    code = (code << 6) | (byte & 0x3fU);
  }
  const bool overlong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (overlong || surrogate || code > 0x10ffff) return std::nullopt;
  return Character{code, bytes};
}

int columns(char32_t code) {
  if (code < 0x300) return 1;
  if (within(kJoining, code)) return 0;
  return within(kWide, code) ? 2 : 1;
}

int columns(std::string_view text) {
  int sum = 0;
  while (!text.empty()) {
    if (const std::size_t skip = escape(text); skip > 0) {
      text.remove_prefix(skip);
      continue;
    }
    const auto character = first_character(text);
    sum += character ? columns(character->code) : 1;
    text.remove_prefix(character ? character->bytes : 1);
  }
  return sum;
}

std::string_view head(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  const auto inside = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U;
  };
  auto end = bytes;
  while (end > 0 && bytes - end < 4 && inside(end)) --end;
  return text.substr(0, end);
}

std::string cut(std::string_view text, int columns) {
  std::size_t end = 0;
  int left = columns;
  bool coloured = false;
  while (end < text.size()) {
    const auto rest = text.substr(end);
    if (const std::size_t skip = escape(rest); skip > 0) {
      coloured = true;
      end += skip;
      continue;
    }
    const auto character = first_character(rest);
    left -= character ? davit::columns(character->code) : 1;
    if (left < 0) break;
    end += character ? character->bytes : 1;
  }
  std::string out(text.substr(0, end));
  if (coloured && end < text.size()) out += "\x1b[0m";
  return out;
}

}  // namespace davit
