// SPDX-License-Identifier: MIT
// Where an entry of an archive leads: whether it stays inside the folder it is unpacked to.
//
// Pure: only the words are looked at. Together with "no entry is made through a symlink" (unpack)
// this holds for the files that come of it, too: a link starts in a real folder, goes up no further
// than the top, and from there only down.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/artifacts/archive.hpp"
#include "definitions/result.hpp"

namespace davit {

// The folders and the name of an entry, without "." and empty parts; empty for the top itself. An
// error for an absolute path, "..", or what no file system takes.
Result<std::vector<std::string>> inside(const ArchiveEntry&);

// The same for the target of a hard link, which is a path from the top.
Result<std::vector<std::string>> link_target(const ArchiveEntry&);

// An error unless the entry, a symlink at `path`, leads to somewhere below the top. ".." may only
// stand at the target's beginning: behind a name it means something else where that is a link.
Outcome stays_inside(const ArchiveEntry&, const std::vector<std::string>& path);

// An error for what has no business in a release: devices, pipes, sockets, set-user-id files.
Outcome ordinary(const ArchiveEntry&);

// "entry bin/run of the archive": a name from outside, fit to be printed.
std::string named(const ArchiveEntry&);

}  // namespace davit
