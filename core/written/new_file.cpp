// SPDX-License-Identifier: MIT
#include "core/written/new_file.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace davit {

namespace {

Error cannot_write(const std::string& path, int reason) {
  return {fmt::format("{} can't be written: {}", path, std::generic_category().message(reason))};
}

// errno, or 0.
int write_all(int descriptor, std::string_view rest) {
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor, rest.data(), rest.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Outcome write_new_file(const std::string& path, const std::string& text) {
  std::error_code trouble;
  const auto folder = std::filesystem::path(path).parent_path();
  std::filesystem::create_directories(folder, trouble);
  if (trouble) return cannot_write(folder.string(), trouble.value());
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0 && errno == EEXIST)
    return Error{fmt::format("{} is there already", path), {}, {path}, Failure::refused};
  if (descriptor < 0) return cannot_write(path, errno);
  int reason = write_all(descriptor, text);
  if (close(descriptor) != 0 && reason == 0) reason = errno;
  if (reason == 0) return Done{};
  unlink(path.c_str());
  return cannot_write(path, reason);
}

}  // namespace davit
