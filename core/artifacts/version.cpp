// SPDX-License-Identifier: MIT
#include "core/artifacts/version.hpp"

#include "definitions/name.hpp"

namespace davit {

std::string version_of(std::string_view pattern, std::string_view path) {
  constexpr std::string_view kOpen = "*?[";
  const auto name = path.substr(path.rfind('/') + 1);
  const auto shape = pattern.substr(pattern.rfind('/') + 1);
  const auto from = shape.find_first_of(kOpen);
  // A bracket or a backslash makes the ends hard to tell; the name says it as well.
  const bool plain = shape.find_first_of("[\\") == std::string_view::npos;
  if (!plain || from == std::string_view::npos || !glob_matches(shape, name))
    return std::string(name);
  const auto behind = shape.size() - shape.find_last_of(kOpen) - 1;
  const auto open = name.substr(from, name.size() - from - behind);
  return std::string(open.empty() ? name : open);
}

}  // namespace davit
