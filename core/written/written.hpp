// SPDX-License-Identifier: MIT
// What is written under .davit/, wherever it stands: on disk, in the index, in a commit, or in an
// editor that has not saved it yet.
//
// .davit/NAME.toml are the team's files, .davit/definitions/NAME.toml the definitions; anything
// else under .davit/ is none of ours. A file that can't be read is a mistake like any other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/git/repository.hpp"
#include "definitions/project.hpp"

namespace davit {

struct WrittenFile {
  enum class Kind { team, definition };
  Kind kind = Kind::definition;
  std::string name;  // without .toml
  std::string path;  // as messages call it
  std::string text;
  bool readable = true;  // otherwise a mistake says why not
};

struct Written {
  std::vector<WrittenFile> files;   // sorted by path
  std::string revision;             // abbreviated commit; empty for what is not in one
  std::vector<Mistake> unreadable;  // why files could not be read
};

// The folder ".davit" of this directory or the nearest one above, up to the repository's top; an
// absolute path. Nothing where there is none.
std::optional<std::string> find_folder(const std::string& directory);

// `folder` is a .davit. Messages call its files as they are seen from `seen_from`, an absolute
// path; by their absolute path when that is empty.
Result<Written> written_on_disk(const std::string& folder, const std::string& seen_from);
Result<Written> written_in_index(Repository&);
Result<Written> written_at(Repository&, const std::string& revision);

// What a path that goes through a .davit folder is; nothing where it is none of ours.
std::optional<WrittenFile> written_file(const std::string& path);

// An absolute path as it is seen from a directory: "../a", "."; by itself when that is shorter, or
// when there is no directory.
std::string seen_from(const std::string& directory, const std::string& path);

// The bytes of one regular file.
Result<std::string> file_text(const std::string& path);

// Puts the file in the place of the one with its path, or beside the others.
void replace(Written&, WrittenFile);

// Reads all files, with the machine's cores where there are many.
Project read(const Written&);

}  // namespace davit
