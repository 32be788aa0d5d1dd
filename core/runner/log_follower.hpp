// SPDX-License-Identifier: MIT
// The reading end of a deployment's log: tells the lines that others append, in constant memory,
// and works out the digest of the whole on the way.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/digest/digest.hpp"
#include "definitions/result.hpp"

namespace davit {

class LogFollower {
 public:
  using Tell = std::function<void(std::string_view)>;

  // Makes the log where there is none. The lines that it holds already are told to `known`.
  static Result<LogFollower> open(const std::string& path, const Tell& known);
  LogFollower(LogFollower&&) noexcept;
  LogFollower& operator=(LogFollower&&) = delete;
  ~LogFollower();

  // Open for appending, for a LogWriter.
  int file() const { return file_; }

  // Tells each whole line appended since the last call, without its newline; at most a few
  // megabytes. Whether there may be more.
  bool follow(const Tell&);

  // SHA-256 of all that was read; to be asked once, at the end.
  Digest digest() { return digester_.finish(); }

 private:
  explicit LogFollower(int file) : file_(file) {}
  void tell_lines(std::string_view, const Tell&);

  int file_;
  std::int64_t read_ = 0;
  std::string waiting_;  // a line whose end has not come
  std::string piece_;
  Digester digester_;
};

}  // namespace davit
