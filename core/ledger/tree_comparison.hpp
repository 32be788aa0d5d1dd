// SPDX-License-Identifier: MIT
// Where the stored tree of a commit differs from the fold. What is written in other bytes and means
// the same is no difference; nor is what another version of davit stored, which nobody believes who
// can't read it.
#pragma once

#include <set>
#include <string>

#include "core/ledger/folded.hpp"

namespace davit {

struct Differences {
  std::set<std::string> words;
  bool other_version = false;  // some of it was not compared
};

class TreeComparison {
 public:
  TreeComparison(Repository& repository, Folded& folded)
      : repository_(repository), folded_(folded) {}

  Result<Differences> with(const std::string& stored_tree);

 private:
  Outcome folder(const std::string& path, const std::string& id);
  Outcome entry(const std::string& path, const TreeEntry& stored, const TreeEntry& expected);
  Result<bool> means_the_same(const std::string& path, const std::string& id);
  Result<bool> is_the_state(const Json&);
  Result<bool> is_the_release(const std::string& path, const Json&);

  Repository& repository_;
  Folded& folded_;
  Differences found_;
};

}  // namespace davit
