// SPDX-License-Identifier: MIT
// The ledger: all events of one definition, in one linear history of commits.
//
//   ref      refs/davit/ledger/NAME
//   commit   one command's event or events
//   message  a sentence for people
//
//            {"v":1,…}                      an event: one line, the exact bytes
//            (more lines: more events of the same command)
//
//            Davit-Sequence: 17             trailers of whoever appended, not part of any event;
//            Davit-Previous: <sha256>       of the previous commit object; absent in the first
//            Davit-Signature: …             of an event's bytes, when signing is on
//   tree     state.json                     the present, bounded
//            releases/<n/64>/<n>.json       one a release
//
// The fold is total: what is in a ledger and is no event of this form is kept, shown, and changes
// nothing.
//
// The events are the truth; the tree is a cache of their fold. Author: who did it and when;
// committer: davit, and when it was appended.
//
// Append: objects first, then one compare-and-swap of the ref, synced to disk by default. Who
// loses the race decides again on the newer state. Whatever is killed at any moment leaves the
// ledger whole, and no lock that the next append does not take away.
//
// This clone remembers the highest head it has seen (<common>/davit/seen/NAME), so that a rewound
// or deleted ledger is noticed; and the last head that it has verified (…/verified/NAME), so that
// whoever appends, and verifies first, looks only at what is new. Who only reads believes the tree.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/clock/clock.hpp"
#include "core/git/repository.hpp"
#include "core/state/state.hpp"
#include "definitions/result.hpp"

namespace davit {

std::string ledger_ref(const std::string& definition);

struct AppendOptions {
  bool sync = true;
};

// Who appends: goes into author and events.
struct Actor {
  std::string email;
  std::string name;
};

// One entry of the history, for `log`, `history` and `verify`.
struct Entry {
  std::string commit;
  std::int64_t sequence = 0;  // of its last event
  // What can't be read is Unknown; a commit without events, which somebody made with git, has one
  // that says so.
  std::vector<Event> events;
  std::vector<std::string> lines;  // the stored bytes of each
};

// Something that does not hold, found by verify.
struct Discrepancy {
  std::string commit;
  std::int64_t sequence = 0;
  std::string what;  // "tree differs from the fold: releases/0/17.json", "previous digest …"
  bool operator==(const Discrepancy&) const = default;
};

struct Verification {
  std::int64_t commits = 0, events = 0;
  std::vector<Discrepancy> broken;       // the ledger was tampered with or damaged
  std::vector<Discrepancy> ineffective;  // events that changed nothing, with the reason
  std::vector<Discrepancy> reworded;  // sentences and trees that this davit would write otherwise
  bool holds() const { return broken.empty(); }
};

// Which releases a question needs, by what the present without any says.
using Interest = std::function<std::vector<ReleaseNumber>(const State&)>;

// What is wanted of the present of a ledger.
struct LedgerQuestion {
  std::string definition;
  Interest interest = {};  // none: no releases
};

class Ledger {
 public:
  // Nothing is read or written yet. The repository must outlive this.
  Ledger(Repository&, std::string definition);

  const std::string& definition() const { return definition_; }

  // The present, with these releases; releases that do not exist are left out. An empty State
  // where there is no ledger yet. An error when the ledger was rewound or is unreadable. What is
  // stored by another version of davit is folded anew from the events.
  Result<State> present(const std::vector<ReleaseNumber>& releases = {});
  // As above, for a set that depends on the present itself (policy's of_interest).
  Result<State> present(const Interest& interest);
  // Everything, all releases.
  Result<State> whole();
  // The commit at the tip; nothing where there is no ledger.
  Result<std::optional<std::string>> head();

  // Appends the facts that `decide` makes of the newest present as one commit and returns the
  // state after it. `decide` is asked again whenever somebody was faster; no facts: nothing is
  // written. An error where the ledger does not hold. `interest` says which releases decide needs.
  using Decider = std::function<Result<std::vector<Fact>>(const State&)>;
  struct Asking {
    Actor actor;
    std::string rules;  // commit
    Interest interest;  // which releases decide needs; none: those of the present alone
  };
  Result<State> append(const Asking&, const Clock&, const AppendOptions&, const Decider&);

  // Newest first; at most `limit` commits (0: all).
  Result<std::vector<Entry>> history(std::size_t limit = 0);

  // Folds from the first event and compares every stored tree with it.
  Result<Verification> verify();

 private:
  Repository& repository_;
  std::string definition_;
};

// As Ledger::present, of many ledgers together: each its own state or error.
Result<std::vector<Result<State>>> presents(Repository&, const std::vector<LedgerQuestion>&);

// The definitions that have a ledger here.
Result<std::vector<std::string>> ledgers(Repository&);

}  // namespace davit
