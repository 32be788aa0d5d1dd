// SPDX-License-Identifier: MIT
#include "core/artifacts/in_the_way.hpp"

#include <fmt/format.h>

namespace davit {

Error in_the_way(InTheWay what, const std::string& to) {
  switch (what) {
    case InTheWay::symlink:
      return {fmt::format("{} is a symlink, which an upload does not replace", to),
              "upload beside it, then switch it with a link step"};
    case InTheWay::file:
      return {fmt::format("{} is a file, and the artifact is unpacked to a folder", to),
              "remove it, or unpack to another path"};
    case InTheWay::folder:
      break;
  }
  return {fmt::format("{} is a folder, and the artifact is a file", to),
          "add the file's name to the path, or say unpack = true"};
}

}  // namespace davit
