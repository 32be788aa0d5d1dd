// SPDX-License-Identifier: MIT
#include "core/ledger/append.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <random>
#include <thread>

#include "core/events/fitted.hpp"
#include "core/git/ref_move.hpp"
#include "core/ledger/ledger_commit.hpp"
#include "core/ledger/seen.hpp"
#include "core/ledger/verified.hpp"

namespace davit {

namespace {

using std::chrono::steady_clock;

constexpr int kAttempts = 1000;  // lost races, each with its pause
constexpr auto kLocked = std::chrono::seconds(5);

void put(std::vector<TreeEntry>& entries, TreeEntry entry) {
  const auto same = [&](const TreeEntry& known) { return known.name == entry.name; };
  const auto found = std::find_if(entries.begin(), entries.end(), same);
  if (found == entries.end())
    entries.push_back(std::move(entry));
  else
    *found = std::move(entry);
}

}  // namespace

Append::Append(Repository& repository, const std::string& definition, const Ledger::Asking& asking,
               const Clock& clock, const AppendOptions& options)
    : repository_(repository),
      definition_(definition),
      asking_(asking),
      clock_(clock),
      options_(options),
      writer_(repository.common_directory(), options.sync) {}

Result<State> Append::run(const Ledger::Decider& decide) {
  if (repository_.in_quarantine())
    return Error{"nothing can be recorded inside a pre-receive or update hook",
                 "use a post-receive hook: git lets refs move again there"};
  for (; attempts_ < kAttempts; ++attempts_) {
    DAVIT_TRY(auto before, read_snapshot(repository_, {definition_, asking_.interest}));
    DAVIT_CHECK(check_up_to(repository_, definition_, before));
    DAVIT_TRY(auto facts, decide(before.state));
    if (facts.empty()) return std::move(before.state);
    DAVIT_TRY(auto next, draft(before, std::move(facts)));
    DAVIT_TRY(const auto commit, write_commit(before, next));
    DAVIT_TRY(const bool moved, move(before, commit, next));
    if (moved) return std::move(next.after);
    pause();
  }
  return Error{
      fmt::format("the ledger of {} changes faster than this could be recorded", definition_),
      "try again",
      {},
      Failure::busy};
}

Result<Append::Draft> Append::draft(Snapshot& before, std::vector<Fact> facts) {
  std::vector<ReleaseNumber> about;
  for (const auto& fact : facts)
    for (const auto number : releases_of(fact)) about.push_back(number);
  DAVIT_CHECK(load_releases(repository_, before, about));
  Draft made;
  made.after = before.state;
  const auto now = clock_.now();
  if (before.state.ledger.empty()) DAVIT_CHECK(add(made, LedgerOpened{definition_}, now));
  for (auto& fact : facts) DAVIT_CHECK(add(made, std::move(fact), now));
  for (const auto& [number, release] : made.after.releases)
    if (const auto* known = before.state.release(number);
        before.folded || known == nullptr || *known != release)
      made.touched.push_back(number);
  return made;
}

Outcome Append::add(Draft& made, Fact fact, Instant now) {
  const Event event{fresh_event_id(),    made.after.ledger, now,
                    asking_.actor.email, asking_.rules,     fitted(std::move(fact))};
  auto line = encode(event);
  if (line.size() > kLargestEvent)
    return Error{fmt::format("this takes {} bytes in the ledger, where an event has at most {}",
                             line.size(), kLargestEvent),
                 "shorten what was written, or say it in a file"};
  // What is folded is what everybody will read.
  DAVIT_TRY(auto readable, decode(line));
  const auto applied = apply(made.after, readable);
  if (!applied.effective)
    return Error{fmt::format("nothing was recorded: {}", applied.reason),
                 "this is a mistake in davit itself; please report it"};
  made.events.push_back(std::move(readable));
  made.lines.push_back(std::move(line));
  return Done{};
}

Result<std::string> Append::write_commit(const Snapshot& before, const Draft& next) {
  LedgerCommit commit;
  DAVIT_TRY(commit.tree, write_tree(before, next));
  if (!before.head.empty()) commit.parents = {before.head};
  commit.author = asking_.actor.email;
  commit.author_name = asking_.actor.name;
  commit.at = next.events.back().at;
  commit.sentence = subject(definition_, next.events);
  commit.lines = next.lines;
  commit.sequence = next.after.sequence;
  commit.previous = before.head_digest;
  DAVIT_TRY(auto id, writer_.write(ObjectWriter::Kind::commit, commit_bytes(commit)));
  DAVIT_CHECK(writer_.settle());
  return id;
}

Result<std::string> Append::write_tree(const Snapshot& before, const Draft& next) {
  std::vector<TreeEntry> root;
  DAVIT_TRY(auto state, writer_.write(ObjectWriter::Kind::blob, stored(next.after)));
  root.push_back({kStateFile, std::move(state)});
  DAVIT_TRY(auto releases, write_releases(before, next));
  if (!releases.empty()) root.push_back({kReleasesFolder, std::move(releases), true});
  return writer_.write(ObjectWriter::Kind::tree, tree_bytes(root));
}

// Only the shards of the touched releases are made anew; all where what is stored is of no use.
// Empty where there is no release.
Result<std::string> Append::write_releases(const Snapshot& before, const Draft& next) {
  DAVIT_TRY(auto shards, folder(before, kReleasesFolder));
  std::map<std::string, std::vector<TreeEntry>> made;
  for (const auto number : next.touched) {
    const auto shard = shard_of(number);
    if (made.count(shard) == 0) {
      DAVIT_TRY(made[shard], folder(before, fmt::format("{}/{}", kReleasesFolder, shard)));
    }
    DAVIT_TRY(auto file,
              writer_.write(ObjectWriter::Kind::blob, stored(*next.after.release(number))));
    put(made[shard], {file_of(number), std::move(file)});
  }
  for (auto& [shard, files] : made) {
    DAVIT_TRY(auto tree, writer_.write(ObjectWriter::Kind::tree, tree_bytes(std::move(files))));
    put(shards, {shard, std::move(tree), true});
  }
  if (shards.empty()) return std::string();
  return writer_.write(ObjectWriter::Kind::tree, tree_bytes(std::move(shards)));
}

Result<std::vector<TreeEntry>> Append::folder(const Snapshot& before, const std::string& path) {
  if (before.stored_at.empty() || before.folded) return std::vector<TreeEntry>{};
  return repository_.tree(fmt::format("{}:{}", before.stored_at, path));
}

Result<bool> Append::move(const Snapshot& before, const std::string& commit, const Draft& next) {
  DAVIT_TRY(const auto moved, move_ref(repository_,
                                       {.ref = ledger_ref(definition_),
                                        .from = before.head,
                                        .to = commit,
                                        .email = in_header(asking_.actor.email),
                                        .at = next.events.back().at,
                                        .why = "davit: " + subject(definition_, next.events)},
                                       options_.sync));
  if (moved == Moved::locked) DAVIT_CHECK(wait_for_lock());
  if (moved != Moved::yes) return false;
  // The event is in the ledger, whether or not this clone can remember that it has seen it.
  const Seen now{next.after.sequence, commit};
  static_cast<void>(write_seen(repository_, definition_, now, options_.sync).has_value());
  remember_verified(repository_, definition_, now);
  return true;
}

// git and other davits hold the lock for milliseconds, and what a killed davit left heals itself.
// One that stays is not davit's: taking it away is for somebody who can see that nothing runs.
Outcome Append::wait_for_lock() {
  const auto now = steady_clock::now();
  if (!locked_since_) locked_since_ = now;
  const auto file =
      fmt::format("{}/{}.lock", repository_.common_directory(), ledger_ref(definition_));
  struct stat about {};
  if (now - *locked_since_ < kLocked || stat(file.c_str(), &about) != 0) return Done{};
  const Instant made{std::chrono::seconds(about.st_mtime)};
  const auto age = system_clock().now() - made;
  if (age < kLocked) return Done{};
  return Error{fmt::format("the ledger of {} has been locked for {}", definition_, rough(age)),
               fmt::format("if no git and no davit is at work here: rm {}", file),
               {},
               Failure::busy};
}

void Append::pause() {
  thread_local std::minstd_rand random{std::random_device{}()};
  const int most = std::min(2 + 2 * attempts_, 50);
  std::this_thread::sleep_for(
      std::chrono::microseconds(std::uniform_int_distribution<int>(100, 1000 * most)(random)));
}

Result<State> Ledger::append(const Asking& asking, const Clock& clock, const AppendOptions& options,
                             const Decider& decide) {
  return Append(repository_, definition_, asking, clock, options).run(decide);
}

}  // namespace davit
