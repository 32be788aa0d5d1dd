// SPDX-License-Identifier: MIT
// Verifying a ledger: every commit, against the one before it and against the fold.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/ledger/folded.hpp"
#include "core/ledger/ledger_commit.hpp"
#include "core/ledger/seen.hpp"

namespace davit {

class Verifier {
 public:
  Verifier(Repository& repository, const std::string& definition)
      : repository_(repository), definition_(definition), folded_(repository, definition) {}

  // Goes on behind a commit that is known to hold, with all before it; false where that can't be.
  Result<bool> begin_at(const std::string& commit);
  // The commits from there on, oldest first.
  Outcome take_all(const std::vector<std::string>& ids);
  // Whether this clone has seen what is no longer there.
  void compare_with(const Seen&);

  const Verification& found() const { return found_; }
  // The last commit that was looked at, and the last before anything was broken.
  Remembered last() const { return {sequence_, commit_}; }
  const std::string& last_good() const { return good_; }

 private:
  Outcome take(const GitObject&);
  Outcome take_events(const LedgerCommit&);
  void check_parent(const LedgerCommit&);
  void check_place(const LedgerCommit&, std::int64_t sequence_before);
  void check_definition(const Event&);
  void check_words(const LedgerCommit&, const std::vector<Event>&);
  Outcome check_tree(const LedgerCommit&);

  Discrepancy here(std::string what) const { return {commit_, sequence_, std::move(what)}; }
  void broken(std::string what) { found_.broken.push_back(here(std::move(what))); }

  Repository& repository_;
  const std::string& definition_;
  Folded folded_;
  Verification found_;
  std::string commit_;  // the one looked at
  std::string parent_;  // the one looked at before it; empty: it is the first
  std::string good_;
  Digest digest_;  // of the commit before
  std::int64_t sequence_ = 0;
  bool whole_ = true;               // it begins with the first
  std::set<std::string> standing_;  // what already differed in the tree of the commit before
  bool other_version_ = false;      // so did its version
};

}  // namespace davit
