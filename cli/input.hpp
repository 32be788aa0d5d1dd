// SPDX-License-Identifier: MIT
// Standard input: a person to ask, or data to read.
#pragma once

#include <optional>
#include <string>

#include "definitions/result.hpp"

namespace davit {

class Input {
 public:
  // From an open file, which stays the caller's.
  explicit Input(int descriptor) : descriptor_(descriptor) {}
  // From text; `terminal` may be set to make it a person.
  explicit Input(std::string text) : buffer_(std::move(text)) {}

  bool terminal = false;

  // The next line without its end; nothing at the end of the input.
  std::optional<std::string> line();
  // Everything up to the end.
  Result<std::string> all();

 private:
  // Reads some more into the buffer; false at the end.
  Result<bool> more();

  int descriptor_ = -1;
  std::string buffer_;
};

}  // namespace davit
