// SPDX-License-Identifier: MIT
#include "core/runner/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/files/files.hpp"
#include "core/runner/journal_line.hpp"

namespace davit {

namespace {

constexpr off_t kRoom = 256 * 1024;  // for what one deployment may still write
constexpr int kLooks = 50;           // at a lock that somebody who only looks may hold for a moment
constexpr unsigned kPause = 2000;    // µs

Error unwritable(const std::string& path, int number) {
  return {fmt::format("can't write the journal {}: {}", path, std::strerror(number)),
          number == ENOSPC || number == EDQUOT || number == EFBIG
              ? "make room there; then davit resume goes on"
              : "davit keeps there what it did, and runs nothing without it"};
}

Outcome make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0) return sync_folder(path.substr(0, path.rfind('/') + 1));
  if (errno == EEXIST) return Done{};
  const auto slash = path.rfind('/');
  if (errno != ENOENT || slash == 0 || slash == path.npos) return unwritable(path, errno);
  DAVIT_CHECK(make_folder(path.substr(0, slash)));
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return unwritable(path, errno);
  return sync_folder(path.substr(0, slash));
}

// Somebody who looks holds the lock shared for a moment, and a runner for as long as it lives.
bool lock(const Descriptor& alive) {
  for (int look = 0; look < kLooks; ++look) {
    if (::flock(alive.number(), LOCK_EX | LOCK_NB) == 0) return true;
    ::usleep(kPause);
  }
  return false;
}

// Takes off a line that has no end, and takes the room for those to come.
int prepare(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0) return errno;
  off_t size = status.st_size;
  for (char last = 0; size > 0; --size)
    if (::pread(file, &last, 1, size - 1) != 1 || last == '\n') break;
  if (size != status.st_size && ::ftruncate(file, size) != 0) return errno;
  if (::fallocate(file, FALLOC_FL_KEEP_SIZE, size, kRoom) == 0) return 0;
  return errno == EOPNOTSUPP || errno == ENOSYS ? 0 : errno;
}

}  // namespace

std::string Journal::folder(const std::string& private_directory, const std::string& definition,
                            const DeploymentId& deployment) {
  return fmt::format("{}/runs/{}/{}/{}/{}", private_directory, definition, deployment.release.value,
                     deployment.environment, deployment.attempt);
}

std::string Journal::try_path(const std::string& folder, int index, int attempt) {
  return fmt::format("{}/steps/{}.{}", folder, index, attempt);
}

Result<Journal> Journal::open(const std::string& folder) {
  DAVIT_CHECK(make_folder(folder + "/steps"));
  const auto alive_path = folder + "/alive";
  Descriptor alive(::open(alive_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!alive.open()) return unwritable(alive_path, errno);
  if (!lock(alive))
    return Error{"another davit is running this deployment here",
                 "watch it with davit status --watch",
                 {},
                 Failure::busy};
  const auto path = folder + "/journal";
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!file.open()) return unwritable(path, errno);
  if (const int error = prepare(file.number()); error != 0) return unwritable(path, error);
  DAVIT_CHECK(sync_folder(folder));
  return Journal(folder, std::move(file), std::move(alive));
}

bool Journal::alive(const std::string& folder) {
  const Descriptor file(::open((folder + "/alive").c_str(), O_RDONLY | O_CLOEXEC));
  return file.open() && ::flock(file.number(), LOCK_SH | LOCK_NB) != 0;
}

Outcome Journal::begin(const Begin& begin, Instant at) {
  DAVIT_CHECK(put(begin, at));
  return sync();
}

Outcome Journal::end(int index, const StepRecord& record, const Outputs& outputs, Instant at) {
  DAVIT_CHECK(put(index, record, outputs, at));
  return sync();
}

Outcome Journal::put(const Begin& begin, Instant at) { return append(journal_line(begin, at)); }

Outcome Journal::put(int index, const StepRecord& record, const Outputs& outputs, Instant at) {
  return append(journal_line(index, record, outputs, at));
}

Outcome Journal::sync() {
  if (!synced_ && ::fdatasync(file_.number()) != 0) return unwritable(folder_ + "/journal", errno);
  synced_ = true;
  return Done{};
}

Outcome Journal::append(const std::string& line) {
  const auto whole = line + "\n";
  synced_ = false;
  std::string_view rest = whole;
  while (!rest.empty()) {
    const auto put = ::write(file_.number(), rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return unwritable(folder_ + "/journal", errno);
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  return Done{};
}

}  // namespace davit
