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

Result<State> read_state(Repository& repository, const std::string& head) {
  DAVIT_TRY(const auto object, repository.object(head + ":" + kStateFile));
  return read<State>(object, kStateFile, state);
}

Outcome add_release(Snapshot& snapshot, const std::optional<GitObject>& object) {
  DAVIT_TRY(auto known, read<Release>(object, "release file", release));
  const auto number = known.number;
  snapshot.state.releases.insert_or_assign(number, std::move(known));
  return Done{};
}

// The newest commit with events, and the number of its last event.
Result<Remembered> newest_with_events(Repository& repository, const GitObject& head) {
  auto commit = parse_ledger_commit(head.bytes);
  auto id = head.id;
  while (!commit.wrong.empty()) {
    if (commit.parents.empty()) return Remembered{};
    DAVIT_TRY(const auto parent, repository.object(commit.parents.front()));
    if (!parent) return Error{fmt::format("its parent {} is missing", commit.parents.front())};
    commit = parse_ledger_commit(parent->bytes);
    id = parent->id;
  }
  return Remembered{commit.sequence, std::move(id)};
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

// The state stored beside the newest events.
Outcome read_stored(Repository& repository, Snapshot& snapshot, const std::string& definition) {
  snapshot.state.definition = definition;
  if (snapshot.stored_at.empty()) return Done{};
  auto present = read_state(repository, snapshot.stored_at);
  if (present)
    snapshot.state = std::move(present).value();
  else
    DAVIT_CHECK(fold_anew(repository, snapshot, definition, present.error()));
  if (snapshot.state.definition == definition) return Done{};
  return unreadable(definition, snapshot.head,
                    fmt::format("it is the ledger of {}", snapshot.state.definition));
}

// The head, and whether it goes together with what this clone remembers.
Result<Snapshot> read_head(Repository& repository, const std::string& definition) {
  const auto seen = read_seen(repository, definition);
  DAVIT_TRY(const auto head, repository.object(ledger_ref(definition)));
  if (!head) {
    if (seen) DAVIT_CHECK(check_seen(repository, definition, *seen, {}, ""));
    return Snapshot{};
  }
  auto newest = newest_with_events(repository, *head);
  if (!newest) return unreadable(definition, head->id, newest.error().message);
  const Seen now{newest->sequence, head->id};
  const auto parents = parse_ledger_commit(head->bytes).parents;
  const auto parent = parents.empty() ? "" : parents.front();
  if (seen) DAVIT_CHECK(check_seen(repository, definition, *seen, now, parent));
  // Where this can't be remembered, in a read-only repository, looking still works.
  if (!seen || seen->commit != now.commit)
    static_cast<void>(write_seen(repository, definition, now, false).has_value());
  return Snapshot{head->id, sha256(head->bytes), newest->commit, {}};
}

}  // namespace

std::string shard_of(ReleaseNumber number) { return std::to_string(number.value / kShard); }
std::string file_of(ReleaseNumber number) { return fmt::format("{}.json", number.value); }
std::string path_of(ReleaseNumber number) {
  return fmt::format("{}/{}/{}", kReleasesFolder, shard_of(number), file_of(number));
}

std::string stored(const State& value) { return encode(value) + '\n'; }
std::string stored(const Release& value) { return encode(value) + '\n'; }

Result<Snapshot> read_snapshot(Repository& repository, const std::string& definition,
                               const Ledger::Interest& interest) {
  if (!is_name(definition))
    return Error{fmt::format("'{}' can't be the name of a definition", definition),
                 "names are lower-case letters, digits, '.', '_' and '-'",
                 {},
                 Failure::misused};
  DAVIT_TRY(auto snapshot, read_head(repository, definition));
  DAVIT_CHECK(read_stored(repository, snapshot, definition));
  if (interest) DAVIT_CHECK(load_releases(repository, snapshot, interest(snapshot.state)));
  return snapshot;
}

Result<Snapshot> snapshot_at(Repository& repository, const std::string& definition,
                             const std::string& commit) {
  DAVIT_TRY(const auto head, repository.object(commit));
  if (!head) return Error{fmt::format("there is no commit {}", commit)};
  DAVIT_TRY(auto newest, newest_with_events(repository, *head));
  Snapshot snapshot{head->id, sha256(head->bytes), std::move(newest.commit), {}};
  DAVIT_CHECK(read_stored(repository, snapshot, definition));
  return snapshot;
}

Outcome load_releases(Repository& repository, Snapshot& snapshot,
                      const std::vector<ReleaseNumber>& numbers) {
  std::vector<std::string> names;
  for (const auto number : numbers)
    if (number.value >= 1 && number <= snapshot.state.last_release &&
        snapshot.state.release(number) == nullptr)
      names.push_back(fmt::format("{}:{}", snapshot.stored_at, path_of(number)));
  if (names.empty() || snapshot.folded) return Done{};
  DAVIT_TRY(const auto objects, repository.objects(names));
  for (const auto& object : objects)
    if (object)
      if (const auto added = add_release(snapshot, object); !added)
        return fold_anew(repository, snapshot, snapshot.state.definition, added.error());
  return Done{};
}

Outcome load_all_releases(Repository& repository, Snapshot& snapshot) {
  std::vector<ReleaseNumber> all;
  for (int number = 1; number <= snapshot.state.last_release.value; ++number)
    all.push_back({number});
  return load_releases(repository, snapshot, all);
}

}  // namespace davit
