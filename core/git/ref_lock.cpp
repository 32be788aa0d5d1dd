// SPDX-License-Identifier: MIT
#include "core/git/ref_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "core/artifacts/file_error.hpp"
#include "core/files/files.hpp"

namespace davit {

namespace {

constexpr int kTriesToLock = 10;  // git takes empty folders away at any moment

std::string folder_of(const std::string& file) { return file.substr(0, file.rfind('/')); }

void make_folders_for_ref(const std::string& folder) {
  std::error_code told_by_who_needs_it;
  std::filesystem::create_directories(folder, told_by_who_needs_it);
}

// 0, or why not (errno).
int write_new(const std::string& file, std::string_view bytes, bool sync) {
  const Descriptor to(open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!to.open()) return errno;
  errno = 0;
  while (!bytes.empty() && write_some(to, bytes) != Flow::ended) {
  }
  if (bytes.empty() && (!sync || fsync(to.number()) == 0)) return 0;
  const int why = errno != 0 ? errno : EIO;
  unlink(file.c_str());
  return why;
}

bool one_file(const std::string& a, const std::string& b) {
  struct stat first {};
  struct stat second {};
  return lstat(a.c_str(), &first) == 0 && lstat(b.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

}  // namespace

RefLock::RefLock(const Repository& repository, const std::string& ref, bool sync)
    : file_(fmt::format("{}/{}", repository.common_directory(), ref)),
      lock_(file_ + ".lock"),
      ours_(fmt::format("{}/locks/{}~", repository.private_directory(), ref)),
      kernels_file_(fmt::format("{}/locks/{}", repository.private_directory(), ref)),
      sync_(sync) {}

RefLock::~RefLock() {
  if (!held_) return;
  unlink(lock_.c_str());
  if (kernels_.open()) unlink(ours_.c_str());
}

Result<std::unique_ptr<RefLock>> RefLock::take(const Repository& repository, const std::string& ref,
                                               const std::string& to, bool sync) {
  std::unique_ptr<RefLock> lock(new RefLock(repository, ref, sync));
  if (!lock->take_kernels()) return std::unique_ptr<RefLock>();
  if (lock->kernels_.open()) lock->clear_away();
  DAVIT_TRY(lock->held_, lock->make(to + '\n'));
  if (!lock->held_) lock.reset();
  return lock;
}

// False where a davit holds it. Not open afterwards where it can't be had.
bool RefLock::take_kernels() {
  const auto opened = [&] {
    return Descriptor(open(kernels_file_.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0666));
  };
  kernels_ = opened();
  if (!kernels_.open() && errno == ENOENT) {
    make_folders_for_ref(folder_of(kernels_file_));
    kernels_ = opened();
  }
  if (!kernels_.open() || flock(kernels_.number(), LOCK_EX | LOCK_NB) == 0) return true;
  if (errno == EWOULDBLOCK) return false;
  kernels_.close();
  return true;
}

// What a davit left that was killed. Holding the kernel's lock, there is no living one.
void RefLock::clear_away() const {
  if (one_file(ours_, lock_)) unlink(lock_.c_str());
  unlink(ours_.c_str());
}

// False where REF.lock is there already.
Result<bool> RefLock::make(const std::string& line) {
  const bool two_names = kernels_.open() && write_new(ours_, line, sync_) == 0;
  int why = ENOENT;
  for (int tries = 0; why == ENOENT && tries < kTriesToLock; ++tries) {
    if (tries > 0) make_folders_for_ref(folder_of(lock_));
    why = two_names && link(ours_.c_str(), lock_.c_str()) == 0 ? 0 : errno;
    if (!two_names || (why != 0 && why != ENOENT && why != EEXIST))
      why = write_new(lock_, line, sync_);
  }
  if (why == 0) return true;
  if (two_names) unlink(ours_.c_str());
  if (why == EEXIST) return false;
  return file_error("write", lock_, why);
}

Outcome RefLock::move() {
  if (rename(lock_.c_str(), file_.c_str()) != 0) return file_error("write", file_, errno);
  held_ = false;
  if (kernels_.open()) unlink(ours_.c_str());
  // It has moved, whether or not the disk can say that it will stay so.
  if (sync_) static_cast<void>(sync_folder(folder_of(file_)).has_value());
  kernels_.close();
  return Done{};
}

}  // namespace davit
