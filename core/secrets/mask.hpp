// SPDX-License-Identifier: MIT
// The mask: hides secrets in whatever a step prints.
//
// A secret is recognised as itself, in base64 wherever it begins in what was encoded, URL-encoded,
// as a JSON string and as a shell quotes it; one of several lines also line by line. Values (and
// lines, and forms) under 4 characters are never looked for: hiding them would hide innocent words
// and tell the secret. So a value of under 4 characters is refused.
//
// Costs about a look at each pair of bytes, however many secrets there are.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/result.hpp"

namespace davit {

class Mask {
 public:
  static constexpr std::size_t kShortest = 4;

  // Fails, naming the variable, when the value is too short to hide.
  Outcome add(std::string_view name, std::string_view value);

  // Each stretch that a secret covers becomes ***; overlapping secrets are one stretch.
  std::string apply(std::string_view text) const;
  // The same, appended to `out`.
  void apply(std::string_view text, std::string& out) const;

  // Whether a secret is in it.
  bool finds(std::string_view text) const;

  // Where text that has no end yet may be cut, at `wanted` at the latest, without a secret being
  // cut in two: nothing that covers the place begins before it. At least 1 where wanted is.
  std::size_t cut(std::string_view text, std::size_t wanted) const;
  // So many bytes must be known behind a cut for `cut` to see every secret; 0 without secrets.
  std::size_t longest() const { return longest_; }

  bool empty() const { return forms_.empty(); }

 private:
  // The longest form that begins at `at`, as its length; 0 where none does.
  std::size_t match(std::string_view text, std::size_t at) const;
  void index();

  std::vector<std::string> forms_;  // by their first two bytes, then longest first
  std::bitset<65536> begins_;       // pairs of bytes that a form begins with
  std::size_t longest_ = 0;
};

}  // namespace davit
