// SPDX-License-Identifier: MIT
// An ordinary file, read from its beginning to its end in constant memory.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/process/descriptor.hpp"
#include "definitions/instant.hpp"
#include "definitions/result.hpp"

namespace davit {

class PlainFile {
 public:
  // An error where a folder, a symlink, a device or a pipe stands; none of these is waited for.
  static Result<PlainFile> open(const std::string& path);

  int number() const { return file_.number(); }
  std::int64_t size() const { return size_; }  // bytes, when it was opened

  // Reads from where the descriptor stands. An error of `take` ends it.
  using Take = std::function<Outcome(std::string_view)>;
  Outcome each_piece(const Take& take) const;

  // An error when it is no longer as it was when it was opened.
  Outcome unchanged() const;

 private:
  PlainFile() = default;
  Descriptor file_;
  std::string path_;
  std::int64_t size_ = 0;
  Instant changed_{};
};

// Reads a descriptor to its end, piece by piece; an error names `path`.
Outcome read_all(int descriptor, const std::string& path, const PlainFile::Take& take);

// When the content of a file changed last.
Instant modified(const struct stat& status);

}  // namespace davit
