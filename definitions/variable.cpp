// SPDX-License-Identifier: MIT
#include "definitions/variable.hpp"

namespace davit {

std::string text(const SecretSource& source) {
  switch (source.kind) {
    case SecretSource::Kind::env:
      return "env:" + source.from;
    case SecretSource::Kind::file:
      return "file:" + source.from;
    case SecretSource::Kind::command:
      break;
  }
  return "command:" + source.from;
}

}  // namespace davit
