// SPDX-License-Identifier: MIT
// Secrets: asking for them when a step starts, and masking them in whatever it prints.
//
// A value never stands in an argument list, a log, the ledger or an error. Values under 4
// characters are refused: masking them would hide innocent words and tell the secret.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "definitions/result.hpp"
#include "definitions/variable.hpp"

namespace davit {

// env: a variable of davit's own environment; file: the file's content; command: what the shell
// command prints. One trailing newline is dropped. Relative paths and commands start in `directory`.
Result<std::string> resolve(const SecretSource&, const std::string& directory);

// Replaces every secret by ***: the value itself and its base64, URL and JSON forms; each line of a
// value of many lines, too.
class Mask {
 public:
  Outcome add(std::string_view name, std::string_view value);
  std::string apply(std::string_view line) const;
  bool empty() const { return forms_.empty(); }

 private:
  std::vector<std::string> forms_;  // longest first
};

}  // namespace davit
