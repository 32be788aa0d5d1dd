// SPDX-License-Identifier: MIT
#include "core/process/search.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace davit {

bool is_on_path(const std::string& program) {
  if (program.find('/') != std::string::npos) return ::access(program.c_str(), F_OK) == 0;
  const char* path = std::getenv("PATH");
  for (std::string_view rest = path ? path : "/bin:/usr/bin"; !rest.empty();) {
    const auto end = std::min(rest.find(':'), rest.size());
    const auto file = std::string(end == 0 ? "." : rest.substr(0, end)) + "/" + program;
    if (::access(file.c_str(), F_OK) == 0) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

}  // namespace davit
