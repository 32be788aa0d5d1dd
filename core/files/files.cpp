// SPDX-License-Identifier: MIT
#include "core/files/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

#include "core/artifacts/aside.hpp"
#include "core/artifacts/file_error.hpp"
#include "core/process/descriptor.hpp"

namespace davit {

Result<std::string> read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) return file_error("read", path, errno);
  std::string bytes;
  std::array<char, 64 * 1024> buffer{};
  for (;;) {
    const auto count = ::read(file.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_error("read", path, errno);
    if (count == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Outcome write_file(const std::string& path, std::string_view bytes, unsigned mode) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  DAVIT_TRY(auto aside, Aside::file(folder.empty() ? "." : folder));
  DAVIT_CHECK(aside.append(bytes, path));
  if (::fchmod(aside.number(), mode) != 0) return file_error("write", path, errno);
  return aside.put_file(path);
}

Outcome sync_folder(const std::string& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.open() || ::fsync(opened.number()) != 0) return file_error("sync", folder, errno);
  return Done{};
}

bool is_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace davit
