// SPDX-License-Identifier: MIT
// Unpacking an artifact, suspiciously: absolute paths, "..", symlinks that lead out, hard links
// out, entries through a symlink, devices, pipes, sockets and set-user-id files are refused before
// anything of the archive is put in place. Kinds: tar, tar.gz, tar.xz, tar.bz2, tar.zst, zip; told
// by the content.
//
// The result appears at `to` by one rename, whole or not at all and on the disk; what stood there
// is replaced only then. Folders above `to` are made. Modes and times of files are the archive's,
// less the umask; a time of 0 (git's trees have none) is the present. Owners are not restored.
#pragma once

#include <functional>
#include <string>

#include "definitions/result.hpp"

namespace davit {

// `to` may be a folder already, which is replaced with all that is in it, but no file or symlink.
// `give_up` is asked at each piece; true is an error, and nothing was put in place.
Outcome unpack(const std::string& archive, const std::string& to,
               const std::function<bool()>& give_up = {});

// The same for a file that is no archive to unpack: copies it to `to` by one rename. `to` may be a
// file already, but no folder or symlink.
Outcome place_file(const std::string& from, const std::string& to, unsigned mode = 0644,
                   const std::function<bool()>& give_up = {});

// A path that says the same whether it was written as a folder's or not.
std::string without_last_slashes(std::string path);

}  // namespace davit
