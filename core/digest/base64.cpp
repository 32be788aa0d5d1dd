// SPDX-License-Identifier: MIT
#include "core/digest/base64.hpp"

#include <cstddef>

namespace davit {

namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64(std::string_view bytes) {
  std::string out;
  unsigned held = 0, bits = 0;
  for (const char byte : bytes) {
    held = held << 8 | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6) out += kDigits[held >> (bits - 6) & 63u];
  }
  if (bits > 0) out += kDigits[held << (6 - bits) & 63u];
  return out.append((4 - out.size() % 4) % 4, '=');
}

std::optional<std::string> from_base64(std::string_view digits) {
  for (int filled = 0; filled < 2 && digits.ends_with('='); ++filled) digits.remove_suffix(1);
  std::string out;
  unsigned held = 0, bits = 0;
  for (const char digit : digits) {
    const auto value = kDigits.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    held = held << 6 | static_cast<unsigned>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(held >> bits & 255u);
  }
  return bits == 6 ? std::nullopt : std::optional(out);
}

}  // namespace davit
