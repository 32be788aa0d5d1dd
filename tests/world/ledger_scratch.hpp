// SPDX-License-Identifier: MIT
// A repository with a ledger that a test writes and then does things to.
#pragma once

#include <string>
#include <vector>

#include "core/ledger/ledger.hpp"
#include "tests/policy/story.hpp"
#include "tests/world/scratch.hpp"

namespace davit::tests {

// Goes on a minute each time it is asked, from story::noon() on.
class TickingClock final : public Clock {
 public:
  Instant now() const override { return now_ += std::chrono::minutes(1); }

 private:
  mutable Instant now_ = story::noon();
};

class LedgerScratch : public Scratch {
 public:
  // A repository "shop" without a ledger.
  LedgerScratch();
  static constexpr const char* kName = "web";
  static constexpr const char* kRef = "refs/davit/ledger/web";

  // A repository and a ledger as another process would open them.
  struct Opened {
    Repository repository;
    Ledger ledger;
    explicit Opened(const std::string& directory);
  };
  Opened open(const std::string& name = "shop") const { return Opened(path(name)); }

  // Appends these facts as one commit, by alice.
  Result<State> append(std::vector<Fact> facts, const std::string& name = "shop") const;
  // As append(); must succeed.
  State told(std::vector<Fact> facts) const;
  // Releases 1 to `count`, each in a commit of its own.
  void releases(int count) const;

  // The head's id, and what git prints of a commit.
  std::string head() const { return git("shop", {"rev-parse", kRef}); }
  std::string commit(const std::string& name) const;
  // Commits with these bytes, its tree or parent changed as the caller wishes; the new id.
  std::string forge(const std::string& bytes) const;
  void set_head(const std::string& id) const { git("shop", {"update-ref", kRef, id}); }
  // What davit remembers to have seen is forgotten, as in a fresh clone.
  void forget() const;
  // As if this clone had verified all up to the head.
  void believe_head() const;

  // What verify finds broken, in words.
  std::vector<std::string> broken() const;

 private:
  TickingClock clock_;
};

// As an application would: each time a new release, whatever its number is by then.
Result<State> append_release(Ledger&, const Clock&, const std::string& note, bool sync);

}  // namespace davit::tests
