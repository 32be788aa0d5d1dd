// SPDX-License-Identifier: MIT
#include "core/artifacts/unpack.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/artifacts/archive.hpp"
#include "core/artifacts/aside.hpp"
#include "core/artifacts/file_error.hpp"
#include "core/artifacts/in_the_way.hpp"
#include "core/artifacts/inside.hpp"
#include "core/artifacts/plain_file.hpp"

namespace davit {

namespace {

using Parts = std::vector<std::string>;

Outcome go_on(const std::function<bool()>& give_up) {
  if (!give_up || !give_up()) return Done{};
  return Error{"ended on request; nothing was put in place"};
}

// Puts entries below one folder, and nowhere else: every folder on the way is opened from the one
// above without following a link.
class Unpacker {
 public:
  Unpacker(int top, const std::function<bool()>& give_up) : top_(top), give_up_(give_up) {}

  Outcome add(const ArchiveEntry& entry, Archive& archive) {
    DAVIT_CHECK(go_on(give_up_));
    DAVIT_CHECK(ordinary(entry));
    DAVIT_TRY(const auto path, inside(entry));
    if (entry.kind == ArchiveEntry::Kind::folder) return add_folder(entry, path);
    if (entry.kind == ArchiveEntry::Kind::symlink) DAVIT_CHECK(stays_inside(entry, path));
    if (path.empty()) return conflict(entry);
    const Parts above(path.begin(), path.end() - 1);
    DAVIT_TRY(const int folder, enter(above, entry));
    DAVIT_CHECK(make_room(folder, path.back(), entry));
    if (entry.kind == ArchiveEntry::Kind::symlink) return add_symlink(entry, folder, path.back());
    if (entry.kind == ArchiveEntry::Kind::hard_link)
      return add_hard_link(entry, folder, path.back());
    return add_file(entry, archive, folder, path.back());
  }

 private:
  static Error conflict(const ArchiveEntry& entry) {
    return {fmt::format("{} stands where another entry already does", named(entry)),
            "nothing was unpacked; make the archive again"};
  }

  // Into a folder that is there, or is made; the descriptor is ours until the next call.
  Result<int> enter(const Parts& folder, const ArchiveEntry& entry) {
    if (entered_.open() && folder == entered_path_) return entered_.number();
    Descriptor at(openat(top_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    for (const auto& part : folder) {
      Descriptor next(openat(at.number(), part.c_str(), kFolder));
      if (!next.open() && errno == ENOENT) {
        DAVIT_CHECK(make_folder(at.number(), part, 0777, entry));
        next = Descriptor(openat(at.number(), part.c_str(), kFolder));
      }
      if (!next.open() && (errno == ELOOP || errno == ENOTDIR))
        return Error{fmt::format("{} leads through {}, which is no folder", named(entry), part),
                     "nothing was unpacked; make the archive again"};
      if (!next.open()) return file_error("unpack", named(entry), errno);
      at = std::move(next);
    }
    entered_ = std::move(at);
    entered_path_ = folder;
    return entered_.number();
  }

  static Outcome make_folder(int above, const std::string& name, unsigned mode,
                             const ArchiveEntry& entry) {
    if (mkdirat(above, name.c_str(), mode) == 0 || errno == EEXIST) return Done{};
    return file_error("unpack", named(entry), errno);
  }

  // We must be able to write in it; a mode that comes after its files only takes rights away.
  Outcome add_folder(const ArchiveEntry& entry, const Parts& path) {
    const unsigned mode = (entry.mode & 0777) | 0700;
    if (!path.empty()) {
      DAVIT_TRY(const int above, enter(Parts(path.begin(), path.end() - 1), entry));
      DAVIT_CHECK(make_folder(above, path.back(), mode, entry));
    }
    DAVIT_TRY(const int folder, enter(path, entry));
    struct stat status {};
    if (fstat(folder, &status) != 0 || fchmod(folder, status.st_mode & mode) != 0)
      return file_error("unpack", named(entry), errno);
    return Done{};
  }

  // The last of several files of one name wins, as with tar; nothing else may stand there.
  static Outcome make_room(int folder, const std::string& name, const ArchiveEntry& entry) {
    struct stat status {};
    if (fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return Done{};
    if (entry.kind != ArchiveEntry::Kind::file || !S_ISREG(status.st_mode)) return conflict(entry);
    if (unlinkat(folder, name.c_str(), 0) != 0) return file_error("unpack", named(entry), errno);
    return Done{};
  }

  static Outcome add_symlink(const ArchiveEntry& entry, int folder, const std::string& name) {
    if (symlinkat(entry.target.c_str(), folder, name.c_str()) == 0) return Done{};
    return file_error("unpack", named(entry), errno);
  }

  Outcome add_hard_link(const ArchiveEntry& entry, int folder, const std::string& name) {
    DAVIT_TRY(const auto target, link_target(entry));
    const Descriptor to(dup(folder));  // entering the target's folder may close ours
    if (target.empty()) return conflict(entry);
    DAVIT_TRY(const int from, enter(Parts(target.begin(), target.end() - 1), entry));
    struct stat status {};
    if (fstatat(from, target.back().c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode))
      return Error{fmt::format("{} is a hard link to what is no file in it", named(entry)),
                   "nothing was unpacked; make the archive again"};
    if (linkat(from, target.back().c_str(), to.number(), name.c_str(), 0) != 0)
      return file_error("unpack", named(entry), errno);
    return Done{};
  }

  Outcome add_file(const ArchiveEntry& entry, Archive& archive, int folder,
                   const std::string& name) {
    const Descriptor file(openat(folder, name.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                 entry.mode & 0777));
    if (!file.open()) return file_error("unpack", named(entry), errno);
    std::int64_t end = 0;
    DAVIT_CHECK(archive.content([&](std::string_view bytes, std::int64_t offset) -> Outcome {
      if (auto on = go_on(give_up_); !on) return on;
      end = offset + static_cast<std::int64_t>(bytes.size());
      return write_at(file.number(), bytes, offset, entry);
    }));
    if (entry.size > end && ftruncate(file.number(), entry.size) != 0)  // ends with a hole
      return file_error("unpack", named(entry), errno);
    const timespec times[2] = {{0, UTIME_OMIT}, {entry.modified, 0}};
    if (entry.modified > 0) futimens(file.number(), times);
    return Done{};
  }

  static Outcome write_at(int file, std::string_view bytes, std::int64_t offset,
                          const ArchiveEntry& entry) {
    while (!bytes.empty()) {
      const auto count = pwrite(file, bytes.data(), bytes.size(), offset);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return file_error("unpack", named(entry), count < 0 ? errno : ENOSPC);
      bytes.remove_prefix(static_cast<std::size_t>(count));
      offset += count;
    }
    return Done{};
  }

  static constexpr int kFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  int top_;
  const std::function<bool()>& give_up_;
  Descriptor entered_;
  Parts entered_path_;
};

// Whether what stands at `to`, if anything, may be replaced; gives the folder above, which is made.
Result<std::string> prepare(const std::string& to, bool folder) {
  if (to.empty()) return Error{"nowhere to put the artifact: the path is empty"};
  struct stat status {};
  if (lstat(to.c_str(), &status) == 0) {
    if (S_ISLNK(status.st_mode)) return in_the_way(InTheWay::symlink, to);
    if (folder && !S_ISDIR(status.st_mode)) return in_the_way(InTheWay::file, to);
    if (!folder && S_ISDIR(status.st_mode)) return in_the_way(InTheWay::folder, to);
  }
  const auto parent = std::filesystem::path(to).parent_path().string();
  const auto above = parent.empty() ? std::string(".") : parent;
  DAVIT_CHECK(make_folders(above));
  sweep(above);
  return above;
}

}  // namespace

std::string without_last_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Outcome unpack(const std::string& archive, const std::string& to,
               const std::function<bool()>& give_up) {
  const auto target = without_last_slashes(to);
  DAVIT_TRY(auto from, Archive::open(archive));
  DAVIT_TRY(const auto above, prepare(target, true));
  DAVIT_TRY(auto aside, Aside::directory(above));
  Unpacker unpacker(aside.number(), give_up);
  for (;;) {
    DAVIT_TRY(const auto entry, from.next());
    if (!entry) return aside.put_directory(target);
    DAVIT_CHECK(unpacker.add(*entry, from));
  }
}

Outcome place_file(const std::string& from, const std::string& to, unsigned mode,
                   const std::function<bool()>& give_up) {
  DAVIT_TRY(const auto file, PlainFile::open(from));
  DAVIT_TRY(const auto above, prepare(to, false));
  DAVIT_TRY(auto aside, Aside::file(above));
  if (!aside.clone(file.number()))
    DAVIT_CHECK(file.each_piece([&](std::string_view bytes) -> Outcome {
      if (auto on = go_on(give_up); !on) return on;
      return aside.append(bytes, to);
    }));
  if (fchmod(aside.number(), mode & 07777) != 0) return file_error("write", to, errno);
  return aside.put_file(to);
}

}  // namespace davit
