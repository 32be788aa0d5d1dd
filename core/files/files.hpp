// SPDX-License-Identifier: MIT
// Whole files, read and written; folders, synced.
#pragma once

#include <string>
#include <string_view>

#include "definitions/result.hpp"

namespace davit {

// The bytes of a file; an error names the file and what the system said.
Result<std::string> read_file(const std::string& path);

// Writes a file whole or not at all: aside, synced to disk, then renamed. Its folder must exist.
Outcome write_file(const std::string& path, std::string_view bytes, unsigned mode = 0644);

// A name is on the disk when its folder is.
Outcome sync_folder(const std::string& folder);

// Whether a regular file is there.
bool is_file(const std::string& path);

}  // namespace davit
