// SPDX-License-Identifier: MIT
#include "definitions/name.hpp"

#include <algorithm>

namespace davit {

namespace {

bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return lower(c) || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

bool is_name(std::string_view word) {
  if (word.empty() || word.size() > 63) return false;
  if (!lower(word.front()) && !digit(word.front())) return false;
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
    return lower(c) || digit(c) || c == '.' || c == '_' || c == '-';
  });
  return plain && word.back() != '.' && !word.ends_with(".lock") &&
         word.find("..") == std::string_view::npos;
}

bool is_variable_name(std::string_view word) {
  return !word.empty() && letter(word.front()) &&
         std::all_of(word.begin(), word.end(), [](char c) { return letter(c) || digit(c); });
}

}  // namespace davit
