// SPDX-License-Identifier: MIT
// A variable of a definition, an environment or a step: a value, or where a secret is found.
//
// Values reach steps as environment variables and are never put into text. A secret's value is not
// here and is never stored: only the place it is asked for when a step starts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "definitions/place.hpp"

namespace davit {

struct SecretSource {
  enum class Kind { env, file, command };
  Kind kind = Kind::env;
  std::string from;  // the variable's name, the file's path or the shell command

  bool operator==(const SecretSource&) const = default;
};

// "command:pass show shop/db", as it was written.
std::string text(const SecretSource&);

struct Variable {
  std::string name;                    // [A-Za-z_][A-Za-z0-9_]*; DAVIT_* is davit's own
  std::optional<std::string> value;    // absent: must be given when the release is cut, or secret
  std::optional<SecretSource> secret;  // then there is neither value nor choices
  std::vector<std::string> choices;    // empty: anything
  bool ask = false;                    // may be set when the release is cut
  Place place;

  bool operator==(const Variable&) const = default;
};

using Variables = std::vector<Variable>;

}  // namespace davit
