// SPDX-License-Identifier: MIT
#include "core/ledger/verifier.hpp"

#include <fmt/format.h>

#include "core/ledger/chain.hpp"
#include "core/ledger/tree_comparison.hpp"

namespace davit {

Result<bool> Verifier::begin_at(const std::string& commit) {
  DAVIT_TRY(const bool begun, folded_.begin_at(commit));
  commit_ = good_ = commit;
  digest_ = folded_.base().head_digest;
  sequence_ = folded_.state().sequence;
  return begun;
}

Outcome Verifier::take_all(const std::vector<std::string>& ids) {
  return each_commit(repository_, ids, [&](const GitObject& commit) { return take(commit); });
}

Outcome Verifier::take(const GitObject& object) {
  parent_ = std::exchange(commit_, object.id);
  ++found_.commits;
  const auto commit = parse_ledger_commit(object.bytes);
  const auto before = sequence_;
  if (commit.wrong.empty()) sequence_ = commit.sequence;
  check_parent(commit);
  if (commit.wrong.empty()) check_place(commit, before);
  if (commit.wrong.empty())
    DAVIT_CHECK(take_events(commit));
  else
    found_.ineffective.push_back(here(commit.wrong));
  digest_ = sha256(object.bytes);
  if (found_.broken.empty()) good_ = commit_;
  return Done{};
}

Outcome Verifier::take_events(const LedgerCommit& commit) {
  std::vector<Event> events;
  for (const auto& line : commit.lines) {
    ++found_.events;
    events.push_back(kept(line));
    const auto& event = events.back();
    check_definition(event);
    DAVIT_TRY(const auto applied, folded_.fold(event));
    if (!applied.effective)
      found_.ineffective.push_back(
          here(fmt::format("{}: {}", sentence(definition_, event), applied.reason)));
  }
  check_words(commit, events);
  return check_tree(commit);
}

// What binds a commit to the one before it.
void Verifier::check_parent(const LedgerCommit& commit) {
  if (commit.parents.size() > 1) broken("it is a merge, where a ledger is one line");
  const auto parent = commit.parents.empty() ? "" : commit.parents.front();
  if (parent_.empty()) {
    whole_ = parent.empty();
    if (!whole_) broken(fmt::format("its parent {} is missing", parent));
  } else if (parent != parent_) {
    broken(fmt::format("its parent is not the commit before it, {}", parent_));
  }
}

void Verifier::check_place(const LedgerCommit& commit, std::int64_t before) {
  const auto expected = before + static_cast<std::int64_t>(commit.lines.size());
  if (parent_.empty() && !whole_) return;  // what the numbers should be is not known
  if (commit.sequence != expected)
    broken(
        fmt::format("its sequence number is {}, where {} comes next", commit.sequence, expected));
  if (commit.previous != digest_)
    broken("the digest of the commit before it does not match: one of the two was changed");
}

void Verifier::check_definition(const Event& event) {
  if (const auto* opened = std::get_if<LedgerOpened>(&event.fact);
      opened != nullptr && opened->definition != definition_)
    broken(fmt::format("it opens the ledger of {}", opened->definition));
}

// What people read of the commit, against what its events say.
void Verifier::check_words(const LedgerCommit& commit, const std::vector<Event>& events) {
  for (const auto& event : events)
    if (!event.by.empty() && commit.author != in_header(event.by))
      broken(fmt::format("its author is {}, where the event is by {}", commit.author, event.by));
  if (const auto words = subject(definition_, events); words != commit.sentence)
    found_.reworded.push_back(
        here(fmt::format("it says \"{}\", and means \"{}\"", commit.sentence, words)));
}

Outcome Verifier::check_tree(const LedgerCommit& commit) {
  if (commit.tree == folded_.tree().id()) {
    standing_.clear();
    other_version_ = false;
    return Done{};
  }
  DAVIT_TRY(auto differing, TreeComparison(repository_, folded_).with(commit.tree));
  for (const auto& what : differing.words)
    if (standing_.count(what) == 0) broken(what);
  standing_ = std::move(differing.words);
  if (differing.other_version && !other_version_)
    found_.reworded.push_back(here("another version of davit stored its tree"));
  other_version_ = differing.other_version;
  return Done{};
}

void Verifier::compare_with(const Seen& seen) {
  if (auto holds = check_seen(repository_, definition_, seen, last(), parent_); !holds)
    found_.broken.push_back({seen.commit, seen.sequence, std::move(holds).error().message});
}

}  // namespace davit
