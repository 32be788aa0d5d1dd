// SPDX-License-Identifier: MIT
// Reading an archive entry by entry: tar (plain, gzip, xz, bzip2, zstd) and zip, told by their
// content. The one door to libarchive, which is opened when first needed.
//
// Nothing of the archive is believed here, and nothing is written: entries come as they stand in
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "definitions/result.hpp"

struct archive;  // libarchive's

namespace davit {

struct ArchiveEntry {
  enum class Kind { file, folder, symlink, hard_link, device, pipe, socket };
  Kind kind = Kind::file;
  std::string path;
  std::string target;         // of a symlink or a hard link
  unsigned mode = 0;          // permission bits, with set-user-id and its like
  std::int64_t size = 0;      // bytes; 0 where the archive does not say
  std::int64_t modified = 0;  // seconds since 1970; 0 where the archive does not say
};

class Archive {
 public:
  static Result<Archive> open(const std::string& path);

  // The next entry; nothing at the end. An error where the archive is broken.
  Result<std::optional<ArchiveEntry>> next();

  // The content of the entry that came last, piece by piece, each with the offset where it belongs;
  // between pieces are holes.
  using Take = std::function<Outcome(std::string_view bytes, std::int64_t offset)>;
  Outcome content(const Take& take);

 private:
  struct Free {
    void operator()(archive*) const;
  };
  explicit Archive(archive* opened) : archive_(opened) {}
  Error broken() const;
  std::unique_ptr<archive, Free> archive_;
};

}  // namespace davit
