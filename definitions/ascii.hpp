// SPDX-License-Identifier: MIT
// What kind of character one is, for names and formats that are made of ASCII: the same whatever
// the locale, and false for every byte of a longer UTF-8 sequence.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace davit::ascii {

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool alphanumeric(char c) { return lower(c) || upper(c) || digit(c); }

constexpr char lowered(char c) { return upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char raised(char c) { return lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

inline std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lowered(c);
  return out;
}

// Lower-case digits alone, as in a digest or an object's id.
inline bool hexadecimal(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return digit(c) || (c >= 'a' && c <= 'f'); });
}

inline constexpr std::string_view kHexadecimal = "0123456789abcdef";

// Two digits a byte.
inline std::string in_hexadecimal(std::string_view bytes) {
  std::string out;
  out.reserve(2 * bytes.size());
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += kHexadecimal[value >> 4];
    out += kHexadecimal[value & 15];
  }
  return out;
}

}  // namespace davit::ascii
