// SPDX-License-Identifier: MIT
#include "cli/input.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace davit {

Result<bool> Input::more() {
  if (descriptor_ < 0) return false;
  std::array<char, 16384> block;
  ssize_t count = 0;
  do {
    count = ::read(descriptor_, block.data(), block.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0)
    return Error{
        fmt::format("can't read standard input: {}", std::generic_category().message(errno))};
  buffer_.append(block.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::optional<std::string> Input::line() {
  std::size_t end = 0;
  while ((end = buffer_.find('\n')) == std::string::npos) {
    const auto read = more();
    if (read && *read) continue;
    if (buffer_.empty()) return std::nullopt;
    return std::exchange(buffer_, {});
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  return line;
}

Result<std::string> Input::all() {
  for (;;) {
    DAVIT_TRY(const bool read, more());
    if (!read) return std::exchange(buffer_, {});
  }
}

}  // namespace davit
