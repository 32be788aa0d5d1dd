// SPDX-License-Identifier: MIT
// The user's git repository: where it is, and reading from it.
//
// Discovery is git's own (GIT_DIR, worktrees, bare repositories, safe.directory); reading goes
// through one `git cat-file` that lives as long as this object, which starts in 2 ms where
// libgit2 needs 10. Nothing here writes. SHA-256 and reftable repositories are refused by name.
// One thread at a time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/git/cat_file.hpp"
#include "core/git/discovery.hpp"
#include "core/git/tree.hpp"
#include "definitions/result.hpp"

namespace davit {

class Repository {
 public:
  // The repository that git finds from `directory` (empty: the current one).
  static Result<Repository> open(const std::string& directory = "");

  const std::string& git_directory() const { return paths_.git_directory; }
  const std::string& common_directory() const { return paths_.common_directory; }
  // Empty where there is no working tree: in a bare repository, or in a hook of a push.
  const std::string& top_level() const { return paths_.top_level; }
  bool bare() const { return paths_.top_level.empty(); }
  // Whether this is a pre-receive or update hook, where nothing may be recorded.
  bool in_quarantine() const { return paths_.in_quarantine; }
  // Where davit keeps what is this clone's own. Whoever writes there makes it.
  std::string private_directory() const { return paths_.common_directory + "/davit"; }

  // Any object by a name that git understands: "HEAD:.davit/team.toml",
  // "refs/davit/ledger/web:state.json". Nothing where there is no such object.
  Result<std::optional<GitObject>> object(const std::string& name);
  // As object(), of many names at once and in their order; one round trip.
  Result<std::vector<std::optional<GitObject>>> objects(const std::vector<std::string>& names);
  // As objects(), each handed over as it comes, while git reads the next; `take` must not ask for
  // more.
  Outcome each_object(const std::vector<std::string>& names, const CatFile::Take& take);
  // What is asked next is looked at anew. git takes packed-refs for unchanged when its inode, size
  // and second are: one that was replaced twice within a second may be taken for the older one.
  void look_anew() { cat_file_.start_again(); }
  // The bytes of a blob; an error where there is none.
  Result<std::string> blob(const std::string& name);
  // The entries of a tree, or of a commit's tree; empty where there is none.
  Result<std::vector<TreeEntry>> tree(const std::string& name);
  // The commit's full id that a name means; nothing where it means none.
  Result<std::optional<std::string>> resolve(const std::string& name);

  // The files of the index below a folder (from the top level): path and blob id. In a pre-commit
  // hook this is the index that will be committed. Conflicts and submodules are left out.
  Result<std::vector<std::pair<std::string, std::string>>> staged(const std::string& folder);

  // `git` with these arguments, in this repository's top level (bare: its git directory), the
  // environment cleaned of what hooks set. An error when it exits with anything but 0, with git's
  // own words.
  Result<std::string> git(const std::vector<std::string>& arguments, const std::string& input = "");
  // As git(), where the exit status is an answer.
  Result<Finished> ask_git(const std::vector<std::string>& arguments,
                           const std::string& input = "");
  // As git(), where the output is too large for memory: `take` gets it piece by piece.
  Outcome stream_git(const std::vector<std::string>& arguments,
                     const std::function<Outcome(std::string_view)>& take);

  // git's user.email and user.name; an error with the way to set it when there is none.
  Result<std::string> email();
  Result<std::string> user_name();
  // Short name of the branch that is checked out; empty when HEAD is detached.
  Result<std::string> branch();
  // Whether the first commit is the second or behind it.
  Result<bool> is_ancestor(const std::string& commit, const std::string& of);
  // Refs below a prefix ("refs/davit/ledger"): name and id.
  Result<std::vector<std::pair<std::string, std::string>>> refs(const std::string& prefix);

 private:
  explicit Repository(GitPaths paths)
      : paths_(std::move(paths)), cat_file_(git_command(paths_, {})) {}
  Result<std::string> user(const std::string& key);

  GitPaths paths_;
  CatFile cat_file_;
  std::optional<std::vector<std::pair<std::string, std::string>>> user_;  // once asked
};

}  // namespace davit
