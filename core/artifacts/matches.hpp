// SPDX-License-Identifier: MIT
// The files of the disk that a pattern means, and where was looked for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace davit {

struct Matches {
  // Sorted, written as the pattern is: relative to the folder, or absolute. A file that several
  // names lead to counts once, by its own name where that fits, too.
  std::vector<std::string> files;
  std::string searched;       // the folder that the pattern's first wildcard stands in
  bool there_is_one = false;  // whether that folder exists
};

// Patterns as glob_matches reads them with paths (** goes through folders); a name that begins with
// a dot is met only by one that is written so. Folders are no matches; symlinks are followed,
// except through **.
Matches matching_files(std::string_view pattern, const std::string& folder);

}  // namespace davit
