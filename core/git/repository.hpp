// SPDX-License-Identifier: MIT
// The user's git repository: where it is, and reading from it.
//
// Discovery is git's own (GIT_DIR, worktrees, bare repositories, safe.directory); reading goes
// through one `git cat-file --batch` that lives as long as this object, which starts in 2 ms where
// libgit2 needs 10. Nothing here writes. SHA-256 and reftable repositories are refused by name.
// One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/result.hpp"

namespace davit {

class CatFile;

struct TreeEntry {
  std::string name;
  std::string id;
  bool is_tree = false;
  bool is_link = false;
};

struct GitObject {
  std::string id;
  std::string type;  // commit, tree, blob, tag
  std::string bytes;
};

class Repository {
 public:
  // The repository that git finds from `directory` (empty: the current one).
  static Result<Repository> open(const std::string& directory = "");
  Repository(Repository&&) noexcept;
  Repository& operator=(Repository&&) noexcept;
  ~Repository();

  const std::string& git_directory() const { return git_directory_; }
  const std::string& common_directory() const { return common_directory_; }
  const std::string& top_level() const { return top_level_; }  // empty in a bare repository
  bool bare() const { return top_level_.empty(); }
  // Where davit keeps what is this clone's own: <common>/davit. Made when first asked for writing.
  std::string private_directory() const { return common_directory_ + "/davit"; }

  // Any object by a name that git understands: "HEAD:.davit/team.toml",
  // "refs/davit/ledger/web:state.json". Nothing where there is no such object.
  Result<std::optional<GitObject>> object(std::string_view name);
  // As object(), of many names at once and in their order; one round trip.
  Result<std::vector<std::optional<GitObject>>> objects(const std::vector<std::string>& names);
  // The bytes of a blob; an error where there is none.
  Result<std::string> blob(std::string_view name);
  // The entries of a tree; empty where there is no such tree.
  Result<std::vector<TreeEntry>> tree(std::string_view name);
  // The commit's full id that a name means; nothing where it means none.
  Result<std::optional<std::string>> resolve(const std::string& name);

  // The files of the index below a folder: path and blob id (for `check --staged`).
  Result<std::vector<std::pair<std::string, std::string>>> staged(const std::string& folder);

  // `git` with these arguments, in this repository, the environment cleaned of what hooks set.
  // An error when it exits with anything but 0, with git's own words.
  Result<std::string> git(const std::vector<std::string>& arguments, const std::string& input = "");

  // git's user.email and user.name; an error with the way to set it when there is none.
  Result<std::string> email();
  Result<std::string> user_name();
  // Short name of the branch that is checked out; empty when HEAD is detached.
  Result<std::string> branch();
  // Whether the first commit is the second or behind it.
  Result<bool> is_ancestor(const std::string& commit, const std::string& of);
  // Refs below a prefix: name and id.
  Result<std::vector<std::pair<std::string, std::string>>> refs(const std::string& prefix);

 private:
  Repository() = default;
  std::string git_directory_, common_directory_, top_level_, directory_;
  std::unique_ptr<CatFile> cat_file_;
};

}  // namespace davit
