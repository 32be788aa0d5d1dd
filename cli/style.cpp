// SPDX-License-Identifier: MIT
#include "cli/style.hpp"

#include <fmt/core.h>

#include <array>
#include <utility>

namespace davit {

namespace {

using Symbol = std::pair<std::string_view, std::string_view>;
constexpr std::array<Symbol, 15> kSymbols = {{
    {"✔", "+"},
    {"✘", "x"},
    {"○", "o"},
    {"→", "->"},
    {"←", "<-"},
    {"…", "..."},
    {"·", "-"},
    {"–", "-"},
    {"—", "-"},
    {"⚠", "!"},
    {"×", "x"},
    {"█", "#"},
    {"░", "."},
    {"●", "*"},
    {"│", "|"},
}};

const Symbol* symbol_at(std::string_view text) {
  for (const Symbol& symbol : kSymbols)
    if (text.starts_with(symbol.first)) return &symbol;
  return nullptr;
}

}  // namespace

std::string Style::painted(std::string_view code, std::string_view text) const {
  if (!colour || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string Style::shown(std::string_view text) const {
  return utf8 ? std::string(text) : in_ascii(text);
}

std::string in_ascii(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const bool plain = static_cast<unsigned char>(text.front()) < 0x80;
    const Symbol* symbol = plain ? nullptr : symbol_at(text);
    out += symbol != nullptr ? symbol->second : text.substr(0, 1);
    text.remove_prefix(symbol != nullptr ? symbol->first.size() : 1);
  }
  return out;
}

}  // namespace davit
