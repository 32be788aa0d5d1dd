// SPDX-License-Identifier: MIT
#include "definitions/place.hpp"

#include <fmt/format.h>

namespace davit {

std::string text(const Place& place) {
  std::string out = place.file;
  if (place.line > 0) out += fmt::format(":{}", place.line);
  if (place.line > 0 && place.column > 0 && place.revision.empty())
    out += fmt::format(":{}", place.column);
  if (!place.revision.empty()) out += fmt::format(" @ {}", place.revision);
  return out;
}

}  // namespace davit
