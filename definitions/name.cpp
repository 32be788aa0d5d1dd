// SPDX-License-Identifier: MIT
#include "definitions/name.hpp"

#include <algorithm>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

using ascii::digit;
using ascii::lower;
using ascii::lowered;

bool letter(char c) { return lower(c) || ascii::upper(c) || c == '_'; }

constexpr std::size_t kLongestWord = 100;  // longer words are no slip of a finger

// Damerau-Levenshtein distance (optimal string alignment): inserting, dropping, replacing a letter
// or swapping two neighbours is one edit each.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + other});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

// The only candidate that begins with the word, when the word says enough.
std::string completed(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() < 3) return {};
  const auto begins = [word](const std::string& candidate) {
    return lowered(candidate).starts_with(word);
  };
  const auto first = std::find_if(candidates.begin(), candidates.end(), begins);
  if (first == candidates.end()) return {};
  return std::any_of(first + 1, candidates.end(), begins) ? std::string{} : *first;
}

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

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > kLongestWord) return {};
  const auto meant = lowered(word);
  std::size_t best = std::string_view::npos;
  std::string found;
  for (const auto& candidate : candidates) {
    if (candidate.size() > kLongestWord) continue;
    const auto known = lowered(candidate);
    const auto limit = std::max<std::size_t>(1, std::max(meant.size(), known.size()) / 3);
    const auto apart = edits(meant, known);
    if (apart <= limit && apart < meant.size() && apart < best) {
      best = apart;
      found = candidate;
    }
  }
  return found.empty() ? completed(meant, candidates) : found;
}

}  // namespace davit
