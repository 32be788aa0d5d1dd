// SPDX-License-Identifier: MIT
// Where the repository is, by git's own answer: it knows GIT_DIR and what else hooks set,
// worktrees, bare repositories and safe.directory. One process, about a millisecond.
#pragma once

#include <string>

#include "core/process/process.hpp"
#include "definitions/result.hpp"

namespace davit {

// Absolute paths, without links.
struct GitPaths {
  std::string git_directory;     // of this worktree
  std::string common_directory;  // of all worktrees: refs and objects
  std::string top_level;         // of the working tree; empty where there is none
  std::string objects;           // where git reads and writes objects
  std::string index;             // of this worktree, or the one a hook was given

  // In a pre-receive or update hook, where new objects are only looked at: git forbids changing
  // refs there.
  bool in_quarantine = false;
};

// The repository that git finds from a directory (empty: the current one). Errors: no repository,
// one that git doesn't trust, and the formats that davit can't read, each with its way out.
Result<GitPaths> discover(const std::string& directory);

// `git` with these arguments in that repository, whatever hooks have set: found by path, in the
// C locale, never asking, never locking for a refresh, never reading replaced objects.
Invocation git_command(const GitPaths&, const std::vector<std::string>& arguments);

}  // namespace davit
