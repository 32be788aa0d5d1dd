// SPDX-License-Identifier: MIT
#include "core/runner/log_follower.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace davit {

namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kPieces = 64;  // at a time

}  // namespace

Result<LogFollower> LogFollower::open(const std::string& path, const Tell& known) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0)
    return Error{fmt::format("can't write the log {}: {}", path, std::strerror(errno)),
                 "make room there, or give davit the right to write"};
  LogFollower follower(file);
  while (follower.follow(known)) {
  }
  return follower;
}

LogFollower::LogFollower(LogFollower&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      read_(other.read_),
      waiting_(std::move(other.waiting_)),
      piece_(std::move(other.piece_)),
      digester_(std::move(other.digester_)) {}

LogFollower::~LogFollower() {
  if (file_ >= 0) ::close(file_);
}

bool LogFollower::follow(const Tell& tell) {
  piece_.resize(kPiece);
  for (std::size_t pieces = 0; pieces < kPieces;) {
    const auto got = ::pread(file_, piece_.data(), piece_.size(), read_);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    read_ += got;
    ++pieces;
    const std::string_view bytes(piece_.data(), static_cast<std::size_t>(got));
    digester_.add(bytes);
    tell_lines(bytes, tell);
  }
  return true;
}

void LogFollower::tell_lines(std::string_view rest, const Tell& tell) {
  for (auto end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
    if (waiting_.empty()) {
      tell(rest.substr(0, end));
    } else {
      waiting_.append(rest.substr(0, end));
      tell(waiting_);
      waiting_.clear();
    }
    rest.remove_prefix(end + 1);
  }
  waiting_.append(rest);
}

}  // namespace davit
