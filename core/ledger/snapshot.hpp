// SPDX-License-Identifier: MIT
// A ledger as it stood at one commit: read together, so that nothing of a later append is mixed in.
#pragma once

#include <string>
#include <vector>

#include "core/git/repository.hpp"
#include "core/ledger/ledger.hpp"
#include "core/ledger/ledger_commit.hpp"
#include "core/state/state.hpp"
#include "definitions/result.hpp"

namespace davit {

struct Snapshot {
  std::string head;       // the commit; empty where there is no ledger
  Digest head_digest;     // of its bytes
  std::string stored_at;  // the newest commit with events; others on top of it change nothing
  std::string tree;       // that commit's
  State state;            // with the releases asked for
  // The stored state is of another version, or can't be read: this one, with all releases, was made
  // of the events.
  bool folded = false;
};

// Where things are in the tree of a ledger's commit: "state.json", "releases/0/17.json".
inline constexpr const char* kStateFile = "state.json";
inline constexpr const char* kReleasesFolder = "releases";
std::string shard_of(ReleaseNumber);
std::string file_of(ReleaseNumber);  // in its shard
std::string path_of(ReleaseNumber);

// The bytes of these files.
std::string stored(const State&);
std::string stored(const Release&);

// The newest; an error where the ledger was set back or is gone. Remembers the head it has seen.
// `interest` may be empty: no releases.
Result<Snapshot> read_snapshot(Repository&, const LedgerQuestion&);

// The same of many, each with its own error; what all of them need next is one round trip to git.
Result<std::vector<Result<Snapshot>>> read_snapshots(Repository&,
                                                     const std::vector<LedgerQuestion>&);

// As it was at this commit; nothing is remembered.
Result<Snapshot> snapshot_at(Repository&, const std::string& definition, const std::string& commit);

// Adds these releases as they were at the snapshot's head; those that do not exist are left out.
Outcome load_releases(Repository&, Snapshot&, const std::vector<ReleaseNumber>&);

// Adds all of them.
Outcome load_all_releases(Repository&, Snapshot&);

}  // namespace davit
