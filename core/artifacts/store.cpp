// SPDX-License-Identifier: MIT
#include "core/artifacts/store.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "core/artifacts/aside.hpp"
#include "core/artifacts/file_error.hpp"
#include "core/artifacts/plain_file.hpp"
#include "core/digest/digest.hpp"
#include "definitions/ascii.hpp"

namespace davit {

namespace {

namespace fs = std::filesystem;
constexpr std::int64_t kWriteBack = 16 << 20;  // the disk starts writing this early

bool is_digest(const Digest& digest) {
  return digest.hex.size() == 64 && ascii::hexadecimal(digest.hex);
}

// A file on its way in: written aside and hashed.
class Incoming {
 public:
  static Result<Incoming> begin(const std::string& directory) {
    DAVIT_CHECK(make_folders(directory));
    sweep(directory);
    DAVIT_TRY(auto aside, Aside::file(directory));
    return Incoming(directory, std::move(aside));
  }

  int number() const { return aside_.number(); }
  // Shares the file's blocks where the file system can: nothing is left to write.
  bool clone(int from) const { return aside_.clone(from); }

  void count(std::string_view bytes) {
    digester_.add(bytes);
    size_ += static_cast<std::int64_t>(bytes.size());
  }

  Outcome add(std::string_view bytes) {
    DAVIT_CHECK(aside_.append(bytes, directory_));
    count(bytes);
    // So that the sync at the end finds little left to wait for.
    if (size_ - handed_over_ >= kWriteBack) {
      sync_file_range(aside_.number(), handed_over_, size_ - handed_over_, SYNC_FILE_RANGE_WRITE);
      handed_over_ = size_;
    }
    return Done{};
  }

  Result<Stored> finish() {
    const auto digest = digester_.finish();
    const auto folder = directory_ + "/" + digest.hex.substr(0, 2);
    DAVIT_CHECK(make_folders(folder));
    if (fchmod(aside_.number(), 0444) != 0) return file_error("write", folder, errno);
    const timespec now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
    futimens(aside_.number(), now);
    struct stat status {};
    if (fstat(aside_.number(), &status) != 0) return file_error("read", folder, errno);
    // Whoever removes holds this for himself, and looks at the file's age only then.
    const Descriptor held(open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    flock(held.number(), LOCK_SH);
    DAVIT_CHECK(aside_.put_file(folder + "/" + digest.hex.substr(2)));
    return Stored{digest, size_, modified(status)};
  }

 private:
  Incoming(std::string directory, Aside aside)
      : directory_(std::move(directory)), aside_(std::move(aside)) {}

  std::string directory_;
  Aside aside_;
  Digester digester_;
  std::int64_t size_ = 0;
  std::int64_t handed_over_ = 0;
};

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    names.push_back(entry->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

Store::Store(std::string private_directory) : directory_(std::move(private_directory)) {
  directory_ += "/artifacts";
}

std::string Store::place(const Digest& digest) const {
  return directory_ + "/" + digest.hex.substr(0, 2) + "/" + digest.hex.substr(2);
}

Result<Stored> Store::add_file(const std::string& path, const Meter& progress) {
  DAVIT_TRY(const auto file, PlainFile::open(path));
  DAVIT_TRY(auto incoming, Incoming::begin(directory_));
  const bool cloned = incoming.clone(file.number());
  std::int64_t done = 0;
  const Sink take = [&](std::string_view bytes) -> Outcome {
    if (cloned)
      incoming.count(bytes);
    else
      DAVIT_CHECK(incoming.add(bytes));
    done += static_cast<std::int64_t>(bytes.size());
    if (progress) progress(done, file.size());
    return Done{};
  };
  // A clone is hashed as it lies here: the original may change.
  DAVIT_CHECK(read_all(cloned ? incoming.number() : file.number(), path, take));
  DAVIT_CHECK(file.unchanged());
  return incoming.finish();
}

Result<Stored> Store::add(const std::function<Outcome(const Sink&)>& write) {
  DAVIT_TRY(auto incoming, Incoming::begin(directory_));
  DAVIT_CHECK(write([&](std::string_view bytes) { return incoming.add(bytes); }));
  return incoming.finish();
}

bool Store::has(const Digest& digest) const {
  struct stat status {};
  return is_digest(digest) && lstat(place(digest).c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

Result<std::string> Store::path(const Digest& digest) const {
  const auto known = digest.abbreviated();
  if (!has(digest))
    return Error{fmt::format("sha256:{} is not in this clone's store", known),
                 "deploy where the release was created, or create it again here"};
  DAVIT_TRY(const auto file, PlainFile::open(place(digest)));
  Digester digester;
  DAVIT_CHECK(file.each_piece([&](std::string_view bytes) -> Outcome {
    digester.add(bytes);
    return Done{};
  }));
  if (const auto found = digester.finish(); found != digest)
    return Error{fmt::format("sha256:{} is damaged: the file in the store has sha256:{}",
                             known, found.abbreviated()),
                 fmt::format("put the right file at {}, or create a new release", place(digest))};
  return place(digest);
}

std::vector<Stored> Store::all() const {
  std::vector<Stored> found;
  for (const auto& folder : names_in(directory_)) {
    if (folder.size() != 2 || !ascii::hexadecimal(folder)) continue;
    for (const auto& rest : names_in(directory_ + "/" + folder)) {
      const Digest digest{folder + rest};
      struct stat status {};
      if (is_digest(digest) && lstat(place(digest).c_str(), &status) == 0)
        found.push_back({digest, status.st_size, modified(status)});
    }
  }
  return found;
}

Result<bool> Store::remove(const Digest& digest, Instant before) {
  sweep(directory_);
  if (!has(digest)) return false;
  const Descriptor held(open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  flock(held.number(), LOCK_EX);
  struct stat status {};
  if (lstat(place(digest).c_str(), &status) != 0 || modified(status) > before) return false;
  if (unlink(place(digest).c_str()) != 0) return file_error("remove", place(digest), errno);
  return true;
}

}  // namespace davit
