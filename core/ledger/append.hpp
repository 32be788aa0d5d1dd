// SPDX-License-Identifier: MIT
// Appending to a ledger: reading the newest present, deciding on it, writing what follows off the
// ref, and moving the ref. See Ledger::append.
#pragma once

#include <chrono>
#include <optional>

#include "core/git/object_writer.hpp"
#include "core/ledger/ledger.hpp"
#include "core/ledger/snapshot.hpp"

namespace davit {

class Append {
 public:
  Append(Repository&, const std::string& definition, const Ledger::Asking&, const Clock&,
         const AppendOptions&);
  Result<State> run(const Ledger::Decider&);

 private:
  // The commit to be: events as they will be stored, and the state after them.
  struct Draft {
    std::vector<Event> events;
    std::vector<std::string> lines;
    State after;
    std::vector<ReleaseNumber> touched;
  };
  Result<Draft> draft(Snapshot&, std::vector<Fact>);
  Outcome add(Draft&, Fact, Instant now);
  Result<std::string> write_commit(const Snapshot&, const Draft&);
  Result<std::string> write_tree(const Snapshot&, const Draft&);
  Result<std::string> write_releases(const Snapshot&, const Draft&);
  Result<std::vector<TreeEntry>> folder(const Snapshot&, const std::string& path);
  // Whether the ledger ends with `commit` now; false: somebody was faster, or may have been.
  Result<bool> move(const Snapshot&, const std::string& commit, const Draft&);
  Outcome wait_for_lock();
  void pause();

  Repository& repository_;
  const std::string& definition_;
  const Ledger::Asking& asking_;
  const Clock& clock_;
  const AppendOptions& options_;
  ObjectWriter writer_;
  int attempts_ = 0;
  std::optional<std::chrono::steady_clock::time_point> locked_since_;
};

}  // namespace davit
