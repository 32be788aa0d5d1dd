// SPDX-License-Identifier: MIT
// Unpacking an artifact, suspiciously: absolute paths, "..", symlinks that lead out, hard links
// out, device files, sockets and set-user-id bits are refused before anything of the archive is put
// in place. Kinds: tar, tar.gz, tar.xz, tar.bz2, tar.zst, zip.
//
// The result appears at `to` by one rename, whole or not at all; what stood there is replaced only
// then.
#pragma once

#include <string>

#include "definitions/result.hpp"

namespace davit {

Outcome unpack(const std::string& archive, const std::string& to);

// The same for a file that is no archive to unpack: copies it to `to` by one rename, mode kept.
Outcome place_file(const std::string& from, const std::string& to, unsigned mode = 0644);

}  // namespace davit
