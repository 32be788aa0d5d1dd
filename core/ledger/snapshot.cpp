// SPDX-License-Identifier: MIT
#include "core/ledger/snapshot.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/ledger/chain.hpp"
#include "core/ledger/seen.hpp"
#include "definitions/json.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

constexpr int kShard = 64;  // releases a folder

using Names = std::vector<std::string>;  // of objects, as git understands them

Error unreadable(const std::string& definition, const std::string& head, const std::string& why) {
  return {
      fmt::format("the ledger of {} can't be read at {}: {}", definition, head.substr(0, 10), why),
      fmt::format("`davit verify {}` says what does not hold", definition)};
}

template <typename T>
Result<T> read(const std::optional<GitObject>& object, const char* what,
               Result<T> (*understand)(const Json&)) {
  if (!object || object->type != "blob") return Error{fmt::format("there is no {}", what)};
  DAVIT_TRY(const auto json, Json::parse(object->bytes));
  return understand(json);
}

using Found = std::optional<GitObject>;

Found as_it_is(Found object) { return object; }

Result<State> as_state(const Found& object) { return read<State>(object, kStateFile, state); }

// Nothing where there is no such release.
std::optional<Result<Release>> as_release(const Found& object) {
  if (!object) return std::nullopt;
  return read<Release>(object, "release file", release);
}

// Finds the newest commit with events, from the head on; its last event's number.
Result<std::int64_t> find_newest(Repository& repository, const GitObject& head,
                                 Snapshot& snapshot) {
  auto commit = parse_ledger_commit(head.bytes);
  auto id = head.id;
  while (!commit.wrong.empty()) {
    if (commit.parents.empty()) return 0;
    DAVIT_TRY(const auto parent, repository.object(commit.parents.front()));
    if (!parent) return Error{fmt::format("its parent {} is missing", commit.parents.front())};
    commit = parse_ledger_commit(parent->bytes);
    id = parent->id;
  }
  snapshot.stored_at = std::move(id);
  snapshot.tree = std::move(commit.tree);
  return commit.sequence;
}

// What the events make, for where the stored state is of no use; `why` says so.
Outcome fold_anew(Repository& repository, Snapshot& snapshot, const std::string& definition,
                  const Error& why) {
  DAVIT_TRY(auto ids, chain(repository, snapshot.stored_at));
  std::reverse(ids.begin(), ids.end());
  State folded;
  DAVIT_CHECK(each_commit(repository, ids, [&](const GitObject& commit) -> Outcome {
    for (const auto& line : parse_ledger_commit(commit.bytes).lines) apply(folded, kept(line));
    return Done{};
  }));
  // Without its first events it is no ledger's state.
  if (folded.ledger.empty()) return unreadable(definition, snapshot.head, why.message);
  snapshot.state = std::move(folded);
  snapshot.folded = true;
  return Done{};
}

// Takes the state stored beside the newest events.
Outcome take_state(Repository& repository, Snapshot& snapshot, Result<State> stored) {
  const auto definition = snapshot.state.definition;
  if (stored)
    snapshot.state = *std::move(stored);
  else
    DAVIT_CHECK(fold_anew(repository, snapshot, definition, stored.error()));
  if (snapshot.state.definition == definition) return Done{};
  return unreadable(definition, snapshot.head,
                    fmt::format("it is the ledger of {}", snapshot.state.definition));
}

std::string state_name(const Snapshot& snapshot) {
  return fmt::format("{}:{}", snapshot.tree, kStateFile);
}

// What git calls those of the releases that are not read yet.
Names release_names(const Snapshot& snapshot, const std::vector<ReleaseNumber>& numbers) {
  Names names;
  if (snapshot.folded) return names;
  for (const auto number : numbers)
    if (number.value >= 1 && number <= snapshot.state.last_release &&
        snapshot.state.release(number) == nullptr)
      names.push_back(fmt::format("{}:{}", snapshot.tree, path_of(number)));
  return names;
}

Outcome take_release(Repository& repository, Snapshot& snapshot,
                     std::optional<Result<Release>> stored) {
  if (!stored || snapshot.folded) return Done{};
  if (!*stored) return fold_anew(repository, snapshot, snapshot.state.definition, stored->error());
  const auto number = (*stored)->number;
  snapshot.state.releases.insert_or_assign(number, **std::move(stored));
  return Done{};
}

Snapshot beginning(const std::string& definition) {
  Snapshot snapshot;
  snapshot.state.definition = definition;
  return snapshot;
}

// Whether the head goes together with what this clone remembers.
Outcome take_this_head(Repository& repository, Snapshot& snapshot, const std::optional<Seen>& seen,
                       const std::optional<GitObject>& head) {
  const auto& definition = snapshot.state.definition;
  if (!head) return seen ? check_seen(repository, definition, *seen, {}, "") : Outcome(Done{});
  const auto sequence = find_newest(repository, *head, snapshot);
  if (!sequence) return unreadable(definition, head->id, sequence.error().message);
  snapshot.head = head->id;
  snapshot.head_digest = sha256(head->bytes);
  const Seen now{*sequence, head->id};
  const auto parents = parse_ledger_commit(head->bytes).parents;
  const auto parent = parents.empty() ? "" : parents.front();
  if (seen) DAVIT_CHECK(check_seen(repository, definition, *seen, now, parent));
  // Where this can't be remembered, in a read-only repository, looking still works.
  if (!seen || seen->commit != now.commit)
    static_cast<void>(write_seen(repository, definition, now, false).has_value());
  return Done{};
}

// A head that does not is looked at once more, before anybody is told of it.
Outcome take_head(Repository& repository, Snapshot& snapshot, const std::optional<Seen>& seen,
                  const std::optional<GitObject>& head) {
  auto taken = take_this_head(repository, snapshot, seen, head);
  if (taken || !seen) return taken;
  repository.look_anew();
  DAVIT_TRY(const auto again, repository.object(ledger_ref(snapshot.state.definition)));
  const auto id_of = [](const auto& object) { return object ? object->id : std::string(); };
  return id_of(again) == id_of(head) ? taken : take_this_head(repository, snapshot, seen, again);
}

Error no_name(const std::string& definition) {
  return {fmt::format("'{}' can't be the name of a definition", definition),
          "names are lower-case letters, digits, '.', '_' and '-'",
          {},
          Failure::misused};
}

// Reads many ledgers stage by stage. One that goes wrong is out of the stages behind.
class Reading {
 public:
  Reading(Repository& repository, const std::vector<LedgerQuestion>& questions)
      : repository_(repository), questions_(questions) {
    for (const auto& question : questions)
      snapshots_.push_back(is_name(question.definition)
                               ? Result<Snapshot>(beginning(question.definition))
                               : Result<Snapshot>(no_name(question.definition)));
  }

  Outcome heads() {
    std::vector<std::optional<Seen>> seen;
    for (const auto& question : questions_)
      seen.push_back(read_seen(repository_, question.definition));
    return stage([&](std::size_t i) { return Names{ledger_ref(questions_[i].definition)}; },
                 as_it_is,
                 [&](std::size_t i, const Found& head) {
                   return take_head(repository_, *snapshots_[i], seen[i], head);
                 });
  }

  Outcome states() {
    return stage(
        [&](std::size_t i) {
          return snapshots_[i]->stored_at.empty() ? Names{} : Names{state_name(*snapshots_[i])};
        },
        as_state,
        [&](std::size_t i, Result<State> state) {
          return take_state(repository_, *snapshots_[i], std::move(state));
        });
  }

  Outcome releases() {
    return stage(
        [&](std::size_t i) {
          const auto& interest = questions_[i].interest;
          return interest ? release_names(*snapshots_[i], interest(snapshots_[i]->state)) : Names{};
        },
        as_release,
        [&](std::size_t i, std::optional<Result<Release>> release) {
          return take_release(repository_, *snapshots_[i], std::move(release));
        });
  }

  std::vector<Result<Snapshot>> take() { return std::move(snapshots_); }

 private:
  // Asks git for what each of them names; understands one answer while git reads the next, then
  // takes them all, which may ask for more.
  template <typename NamesOf, typename Understand, typename Take>
  Outcome stage(const NamesOf& names_of, const Understand& understand, const Take& take) {
    Names names;
    std::vector<std::size_t> whose;
    for (std::size_t i = 0; i < snapshots_.size(); ++i)
      if (snapshots_[i])
        for (auto& name : names_of(i)) {
          names.push_back(std::move(name));
          whose.push_back(i);
        }
    std::vector<std::invoke_result_t<Understand, Found>> understood;
    understood.reserve(names.size());
    DAVIT_CHECK(repository_.each_object(names, [&](std::size_t, Found object) {
      understood.push_back(understand(std::move(object)));
    }));
    for (std::size_t n = 0; n < understood.size(); ++n) {
      auto& snapshot = snapshots_[whose[n]];
      if (!snapshot) continue;
      if (const auto taken = take(whose[n], std::move(understood[n])); !taken)
        snapshot = taken.error();
    }
    return Done{};
  }

  Repository& repository_;
  const std::vector<LedgerQuestion>& questions_;
  std::vector<Result<Snapshot>> snapshots_;
};

}  // namespace

std::string shard_of(ReleaseNumber number) { return std::to_string(number.value / kShard); }
std::string file_of(ReleaseNumber number) { return fmt::format("{}.json", number.value); }
std::string path_of(ReleaseNumber number) {
  return fmt::format("{}/{}/{}", kReleasesFolder, shard_of(number), file_of(number));
}

std::string stored(const State& value) { return encode(value) + '\n'; }
std::string stored(const Release& value) { return encode(value) + '\n'; }

Result<Snapshot> read_snapshot(Repository& repository, const LedgerQuestion& question) {
  DAVIT_TRY(auto read, read_snapshots(repository, {question}));
  return std::move(read.front());
}

Result<std::vector<Result<Snapshot>>> read_snapshots(Repository& repository,
                                                     const std::vector<LedgerQuestion>& questions) {
  Reading reading(repository, questions);
  DAVIT_CHECK(reading.heads());
  DAVIT_CHECK(reading.states());
  DAVIT_CHECK(reading.releases());
  return reading.take();
}

Result<Snapshot> snapshot_at(Repository& repository, const std::string& definition,
                             const std::string& commit) {
  DAVIT_TRY(const auto head, repository.object(commit));
  if (!head) return Error{fmt::format("there is no commit {}", commit)};
  auto snapshot = beginning(definition);
  DAVIT_CHECK(find_newest(repository, *head, snapshot));
  snapshot.head = head->id;
  snapshot.head_digest = sha256(head->bytes);
  if (snapshot.stored_at.empty()) return snapshot;
  DAVIT_TRY(const auto object, repository.object(state_name(snapshot)));
  DAVIT_CHECK(take_state(repository, snapshot, as_state(object)));
  return snapshot;
}

Outcome load_releases(Repository& repository, Snapshot& snapshot,
                      const std::vector<ReleaseNumber>& numbers) {
  DAVIT_TRY(const auto objects, repository.objects(release_names(snapshot, numbers)));
  for (const auto& object : objects)
    DAVIT_CHECK(take_release(repository, snapshot, as_release(object)));
  return Done{};
}

Outcome load_all_releases(Repository& repository, Snapshot& snapshot) {
  std::vector<ReleaseNumber> all;
  for (int number = 1; number <= snapshot.state.last_release.value; ++number)
    all.push_back({number});
  return load_releases(repository, snapshot, all);
}

}  // namespace davit
