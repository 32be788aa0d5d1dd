// SPDX-License-Identifier: MIT
#include "core/artifacts/plain_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "core/artifacts/file_error.hpp"

namespace davit {

namespace {

constexpr std::size_t kPiece = 1 << 20;  // read at a time

}  // namespace

Result<PlainFile> PlainFile::open(const std::string& path) {
  PlainFile plain;
  plain.path_ = path;
  plain.file_ = Descriptor(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!plain.file_.open() && errno == ELOOP)
    return Error{fmt::format("{} is a symlink, not a file", path), "name the file it leads to"};
  struct stat status {};
  if (!plain.file_.open() || fstat(plain.number(), &status) != 0)
    return file_error("read", path, errno);
  if (S_ISDIR(status.st_mode))
    return Error{fmt::format("{} is a folder, not a file", path), "pack it, as a tar.gz say"};
  if (!S_ISREG(status.st_mode)) return Error{fmt::format("{} is no ordinary file", path)};
  plain.size_ = status.st_size;
  plain.changed_ = modified(status);
  return plain;
}

Outcome PlainFile::each_piece(const Take& take) const { return read_all(number(), path_, take); }

Outcome PlainFile::unchanged() const {
  struct stat now {};
  if (fstat(number(), &now) != 0) return file_error("read", path_, errno);
  if (now.st_size == size_ && modified(now) == changed_) return Done{};
  return Error{fmt::format("{} changed while it was read", path_), "try again when it is complete"};
}

Outcome read_all(int descriptor, const std::string& path, const PlainFile::Take& take) {
  posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  const auto buffer = std::make_unique<char[]>(kPiece);
  for (;;) {
    const auto count = read(descriptor, buffer.get(), kPiece);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_error("read", path, errno);
    if (count == 0) return Done{};
    DAVIT_CHECK(take({buffer.get(), static_cast<std::size_t>(count)}));
  }
}

Instant modified(const struct stat& status) {
  return Instant(
      std::chrono::duration_cast<Duration>(std::chrono::seconds(status.st_mtim.tv_sec) +
                                           std::chrono::nanoseconds(status.st_mtim.tv_nsec)));
}

}  // namespace davit
