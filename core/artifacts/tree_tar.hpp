// SPDX-License-Identifier: MIT
// A git tree as a tar archive that is the same for the same tree, byte for byte.
//
// `git archive` writes the present as the time of each file of a tree (it can be told another only
// since 2.41), so the times are set to 0 on the way. What the user's own configuration could change
// (line ends, modes, attributes) is switched off; what the tree's own .gitattributes say holds.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/git/repository.hpp"
#include "definitions/result.hpp"

namespace davit {

// Passes a tar archive on, its times set to 0. Fed in pieces of any length.
class TimelessTar {
 public:
  using Take = std::function<Outcome(std::string_view)>;
  explicit TimelessTar(Take take) : take_(std::move(take)) {}

  Outcome add(std::string_view bytes);
  // An error when it ended in the middle.
  Outcome finish() const;
  int files() const { return files_; }  // files and symlinks so far

 private:
  Outcome header();

  Take take_;
  std::string header_;         // what has come of the next header
  std::uint64_t content_ = 0;  // bytes of content still to come, padding included
  int files_ = 0;
};

// Gives the archive of a tree to `take`; the number of files in it.
Result<int> archive_tree(Repository&, const std::string& tree, const TimelessTar::Take& take);

}  // namespace davit
