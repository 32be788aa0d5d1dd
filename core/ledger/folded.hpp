// SPDX-License-Identifier: MIT
// The fold of a ledger's events, and the tree that it makes: from the first event on, or from a
// commit on that is known to hold. Then what was there before is read as far as events touch it.
#pragma once

#include <string>

#include "core/ledger/expected_tree.hpp"
#include "core/ledger/snapshot.hpp"

namespace davit {

class Folded {
 public:
  Folded(Repository& repository, const std::string& definition)
      : repository_(repository), definition_(definition) {}

  // Goes on from the state stored at this commit; false where that can't be.
  Result<bool> begin_at(const std::string& commit);
  // Where it began.
  const Snapshot& base() const { return base_; }

  Result<Applied> fold(const Event&);
  const State& state() const { return base_.state; }
  // To be asked when the events of a commit are folded.
  ExpectedTree& tree();

  // Makes sure that the state holds a release, if there is one, and the tree what lies beside it.
  Outcome need(ReleaseNumber);
  // The same for a whole folder of releases.
  Outcome need_folder(const std::string& name);

 private:
  Repository& repository_;
  const std::string& definition_;
  Snapshot base_;
  ExpectedTree tree_;
  bool state_is_put_ = false;
};

}  // namespace davit
