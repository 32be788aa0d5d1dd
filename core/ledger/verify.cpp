// SPDX-License-Identifier: MIT
// Verifying a ledger: every commit from the first, against the one before it and against the fold.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/ledger/chain.hpp"
#include "core/ledger/expected_tree.hpp"
#include "core/ledger/ledger.hpp"
#include "core/ledger/ledger_commit.hpp"
#include "core/ledger/seen.hpp"
#include "core/ledger/snapshot.hpp"

namespace davit {

namespace {

class Verifier {
 public:
  Verifier(Repository& repository, const std::string& definition)
      : repository_(repository), definition_(definition) {}

  Result<Verification> run() {
    const auto seen = read_seen(repository_, definition_);
    DAVIT_TRY(const auto tip, repository_.resolve(ledger_ref(definition_)));
    if (tip) {
      DAVIT_TRY(auto ids, chain(repository_, *tip));
      std::reverse(ids.begin(), ids.end());
      DAVIT_CHECK(take_all(ids));
    }
    if (seen) compare_with(*seen);
    return std::move(found_);
  }

 private:
  Outcome take_all(const std::vector<std::string>& ids);
  Outcome take(const GitObject&);
  void check_place(const LedgerCommit&);
  void fold(const LedgerCommit&);
  void fold(const Event&);
  void check_words(const LedgerCommit&, const std::vector<Event>&);
  Outcome check_tree(const LedgerCommit&);
  Result<std::set<std::string>> differences(const std::string& stored_tree);
  Result<bool> means_the_same(const std::string& path, const std::string& id);
  void compare_with(const Seen&);

  Discrepancy here(std::string what) const { return {commit_, sequence_, std::move(what)}; }
  void broken(std::string what) { found_.broken.push_back(here(std::move(what))); }

  Repository& repository_;
  const std::string& definition_;
  Verification found_;
  State state_;
  ExpectedTree tree_;
  std::string commit_;  // the one looked at; before it is taken: the one before
  std::string parent_;  // of it
  Digest digest_;       // of the commit before
  std::int64_t sequence_ = 0;
  std::set<std::string> standing_;  // what already differed in the tree of the commit before
};

Outcome Verifier::take_all(const std::vector<std::string>& ids) {
  constexpr std::size_t kAtOnce = 256;
  for (std::size_t at = 0; at < ids.size(); at += kAtOnce) {
    const auto last = std::min(at + kAtOnce, ids.size());
    const std::vector<std::string> some(ids.begin() + static_cast<std::ptrdiff_t>(at),
                                        ids.begin() + static_cast<std::ptrdiff_t>(last));
    DAVIT_TRY(const auto commits, repository_.objects(some));
    for (const auto& commit : commits)
      if (commit) DAVIT_CHECK(take(*commit));
  }
  return Done{};
}

Outcome Verifier::take(const GitObject& object) {
  const auto before = std::exchange(commit_, object.id);
  ++found_.commits;
  const auto commit = parse_ledger_commit(object.bytes);
  if (!commit) {
    broken(commit.error().message);
  } else {
    parent_ = before;
    check_place(*commit);
    fold(*commit);
    DAVIT_CHECK(check_tree(*commit));
  }
  digest_ = sha256(object.bytes);
  return Done{};
}

// What binds a commit to the one before it.
void Verifier::check_place(const LedgerCommit& commit) {
  const auto expected = sequence_ + static_cast<std::int64_t>(commit.lines.size());
  sequence_ = commit.sequence;
  if (commit.parents.size() > 1) broken("it is a merge, where a ledger is one line");
  if (found_.commits == 1) {
    if (!commit.parents.empty()) broken(fmt::format("its parent {} is missing", commit.parents[0]));
    if (!commit.parents.empty()) return;  // what the numbers should be is not known
  } else if (commit.parents.empty() || commit.parents.front() != parent_) {
    broken(fmt::format("its parent is not the commit before it, {}", parent_));
  }
  if (commit.sequence != expected)
    broken(
        fmt::format("its sequence number is {}, where {} comes next", commit.sequence, expected));
  if (commit.previous != digest_)
    broken("the digest of the commit before it does not match: one of the two was changed");
}

void Verifier::fold(const LedgerCommit& commit) {
  std::vector<Event> events;
  for (const auto& line : commit.lines) {
    ++found_.events;
    auto event = decode(line);
    if (!event) {
      broken(fmt::format("an event can't be read: {}", event.error().message));
      continue;
    }
    fold(*event);
    events.push_back(std::move(event).value());
  }
  check_words(commit, events);
}

void Verifier::fold(const Event& event) {
  if (const auto* opened = std::get_if<LedgerOpened>(&event.fact);
      opened != nullptr && opened->definition != definition_)
    broken(fmt::format("it opens the ledger of {}", opened->definition));
  const auto applied = apply(state_, event);
  if (!applied.effective)
    found_.ineffective.push_back(
        here(fmt::format("{}: {}", sentence(definition_, event), applied.reason)));
  for (const auto number : releases_of(event.fact))
    if (const auto* release = state_.release(number)) tree_.put_release(number, stored(*release));
}

// What people read of the commit, against what its events say.
void Verifier::check_words(const LedgerCommit& commit, const std::vector<Event>& events) {
  if (events.size() != commit.lines.size()) return;
  for (const auto& event : events)
    if (commit.author != in_header(event.by))
      broken(fmt::format("its author is {}, where the event is by {}", commit.author, event.by));
  if (const auto words = subject(definition_, events); words != commit.sentence)
    found_.reworded.push_back(
        here(fmt::format("it says \"{}\", and means \"{}\"", commit.sentence, words)));
}

Outcome Verifier::check_tree(const LedgerCommit& commit) {
  tree_.put_state(stored(state_));
  if (commit.tree == tree_.id()) {
    standing_.clear();
    return Done{};
  }
  DAVIT_TRY(auto differing, differences(commit.tree));
  for (const auto& what : differing)
    if (standing_.count(what) == 0) broken(what);
  standing_ = std::move(differing);
  return Done{};
}

// In which files the stored tree and the fold differ, in words.
Result<std::set<std::string>> Verifier::differences(const std::string& stored_tree) {
  std::set<std::string> words;
  const auto listed = repository_.git({"ls-tree", "-r", "-z", "--full-tree", stored_tree});
  if (!listed) {
    words.insert(fmt::format("its tree can't be read: {}", listed.error().message));
    return words;
  }
  auto expected = tree_.files();
  for (std::size_t at = 0; at < listed->size();) {
    // "100644 blob <id>\t<path>"
    const auto end = std::min(listed->find('\0', at), listed->size());
    const auto tab = std::min(listed->find('\t', at), end);
    const auto head = listed->substr(at, tab - at);
    const auto path = listed->substr(std::min(tab + 1, end), end - std::min(tab + 1, end));
    at = end + 1;
    const auto known = expected.find(path);
    if (known == expected.end()) {
      words.insert(fmt::format("its tree holds {}, which davit did not write", path));
      continue;
    }
    const auto id = head.substr(head.rfind(' ') + 1);
    DAVIT_TRY(const bool same, means_the_same(path, known->second == id ? "" : id));
    if (!same || head.rfind("100644 blob ", 0) != 0)
      words.insert(fmt::format("its tree differs from the fold: {}", path));
    expected.erase(known);
  }
  for (const auto& [path, id] : expected) words.insert(fmt::format("its tree lacks {}", path));
  return words;
}

// Whether a file in other bytes (of an id; empty: in the same) says what the fold says.
Result<bool> Verifier::means_the_same(const std::string& path, const std::string& id) {
  if (id.empty()) return true;
  DAVIT_TRY(const auto object, repository_.object(id));
  if (!object) return false;
  const auto json = Json::parse(object->bytes);
  if (!json) return false;
  bool same = false;
  if (path == kStateFile) {
    auto known = state(*json);
    if (known) known->releases = state_.releases;
    same = known && *known == state_;
  } else {
    const auto known = release(*json);
    const auto* folded = known ? state_.release(known->number) : nullptr;
    same = folded != nullptr && path == path_of(folded->number) && *known == *folded;
  }
  if (same) tree_.adopt(path, id);
  return same;
}

void Verifier::compare_with(const Seen& seen) {
  const Seen head{sequence_, commit_};
  if (auto holds = check_seen(repository_, definition_, seen, head, parent_); !holds)
    found_.broken.push_back({seen.commit, seen.sequence, std::move(holds).error().message});
}

}  // namespace

Result<Verification> Ledger::verify() { return Verifier(repository_, definition_).run(); }

}  // namespace davit
