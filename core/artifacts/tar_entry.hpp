// SPDX-License-Identifier: MIT
// One entry of a tar archive, as GNU tar writes it and every tar reads it: names of any length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace davit {

inline constexpr std::size_t kTarBlock = 512;  // everything in an archive fills whole ones

struct TarEntry {
  enum class Type : char { file = '0', symlink = '2', folder = '5' };
  Type type = Type::file;
  std::string path;
  std::string target;         // of a symlink
  unsigned mode = 0;          // permission bits
  std::int64_t size = 0;      // bytes of content, which come behind the header
  std::int64_t modified = 0;  // seconds since 1970
};

// What comes before the content.
std::string tar_header(const TarEntry&);

// How many bytes a content of this size takes.
std::int64_t in_tar_blocks(std::int64_t size);

}  // namespace davit
