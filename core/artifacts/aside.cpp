// SPDX-License-Identifier: MIT
#include "core/artifacts/aside.hpp"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "core/artifacts/file_error.hpp"
#include "core/clock/clock.hpp"
#include "core/files/files.hpp"

namespace davit {

namespace {

namespace fs = std::filesystem;
constexpr auto kPrefix = ".davit-new-";
constexpr auto kInner = "new";

std::string above(const std::string& path) {
  const auto parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

void remove_all(const std::string& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

int open_locked(const std::string& path, int flags, int wait) {
  const int opened = open(path.c_str(), flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (opened < 0 || flock(opened, LOCK_EX | wait) == 0) return opened;
  close(opened);
  return -1;
}

}  // namespace

Result<Aside> Aside::file(const std::string& folder) {
  return make(folder, {kPrefix, 0600, false});
}

Result<Aside> Aside::file_for_all(const std::string& folder) {
  return make(folder, {kPrefix, 0666, false});
}

Result<Aside> Aside::directory(const std::string& folder) {
  return make(folder, {kPrefix, 0700, true});
}

Result<Aside> Aside::git_object(const std::string& folder) {
  return make(folder, {"tmp_obj_davit-", 0444, false});
}

Result<Aside> Aside::make(const std::string& folder, const Made& wanted) {
  const bool directory = wanted.directory;
  for (;;) {
    Aside aside;
    const auto path = folder + "/" + wanted.prefix + fresh_event_id().value;
    if (directory && mkdir(path.c_str(), wanted.mode) != 0)
      return file_error("write to", folder, errno);
    const int flags = directory ? O_RDONLY | O_DIRECTORY : O_RDWR | O_CREAT | O_EXCL;
    aside.held_ = Descriptor(open(path.c_str(), flags | O_NOFOLLOW | O_CLOEXEC, wanted.mode));
    if (!aside.held_.open() && errno == ENOENT && directory) continue;  // swept already
    if (!aside.held_.open()) return file_error("write to", folder, errno);
    aside.path_ = path;
    // A file system that knows no locks keeps what a crash leaves; nothing else is lost.
    flock(aside.held_.number(), LOCK_EX);
    struct stat status {};
    if (fstat(aside.held_.number(), &status) != 0) return file_error("read", path, errno);
    if (status.st_nlink == 0) {  // swept between being made and being locked: once more
      aside.path_.clear();
      continue;
    }
    if (directory) DAVIT_CHECK(aside.make_inner());
    return aside;
  }
}

// A folder of its own, so that the system gives it the mode that new ones get (umask).
Outcome Aside::make_inner() {
  if (mkdirat(held_.number(), kInner, 0777) != 0) return file_error("write to", path_, errno);
  made_ = Descriptor(openat(held_.number(), kInner, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!made_.open()) return file_error("write to", path_, errno);
  return Done{};
}

Aside::~Aside() {
  if (!path_.empty()) remove_all(path_);
}

Outcome Aside::append(std::string_view bytes, const std::string& for_whom) {
  while (!bytes.empty()) {
    const auto count = write(number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return file_error("write", for_whom, count < 0 ? errno : ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return Done{};
}

bool Aside::clone(int from) const { return ioctl(number(), FICLONE, from) == 0; }

Outcome Aside::sync(const std::string& for_whom) const {
  return fsync(number()) == 0 ? Outcome(Done{}) : file_error("sync", for_whom, errno);
}

Outcome Aside::put_file(const std::string& to, Sync synced) {
  if (synced == Sync::yes) DAVIT_CHECK(sync(to));
  if (rename(path_.c_str(), to.c_str()) != 0) return file_error("write", to, errno);
  path_.clear();
  return synced == Sync::yes ? sync_folder(above(to)) : Done{};
}

Outcome Aside::put_directory(const std::string& to) {
  // One syncfs costs less than an fsync for each of a thousand files.
  if (syncfs(number()) != 0) return file_error("sync", to, errno);
  const int held = held_.number();
  if (renameat(held, kInner, AT_FDCWD, to.c_str()) == 0) return sync_folder(above(to));
  if (errno != ENOTEMPTY && errno != EEXIST) return file_error("write", to, errno);
  if (renameat2(held, kInner, AT_FDCWD, to.c_str(), RENAME_EXCHANGE) != 0) {
    auto error = file_error("replace", to, errno);
    error.hint = "use a new folder for each release (to = \".../{release}\") and a link step";
    return error;
  }
  // What stood at `to` is held now, and goes with this object.
  return sync_folder(above(to));
}

void sweep(const std::string& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->path().filename().string().starts_with(kPrefix)) continue;
    const Descriptor held(open_locked(entry->path().string(), O_RDONLY, LOCK_NB));
    if (held.open()) remove_all(entry->path().string());
  }
}

Outcome make_folders(const std::string& path) {
  std::error_code unknown;
  if (path.empty() || fs::is_directory(path, unknown)) return Done{};
  const auto parent = above(path);
  if (parent != path) DAVIT_CHECK(make_folders(parent));
  if (mkdir(path.c_str(), 0777) != 0 && (errno != EEXIST || !fs::is_directory(path, unknown)))
    return file_error("make", path, errno);
  return sync_folder(parent);
}

}  // namespace davit
