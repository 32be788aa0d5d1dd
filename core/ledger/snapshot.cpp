// SPDX-License-Identifier: MIT
#include "core/ledger/snapshot.hpp"

#include <fmt/format.h>

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

// What this clone remembers, the head, and whether they go together.
Result<Snapshot> read_head(Repository& repository, const std::string& definition) {
  const auto seen = read_seen(repository, definition);
  DAVIT_TRY(const auto head, repository.object(ledger_ref(definition)));
  if (!head) {
    if (seen) DAVIT_CHECK(check_seen(repository, definition, *seen, {}, ""));
    Snapshot none;
    none.state.definition = definition;
    return none;
  }
  const auto commit = parse_ledger_commit(head->bytes);
  if (!commit) return unreadable(definition, head->id, commit.error().message);
  const Seen now{commit->sequence, head->id};
  const auto parent = commit->parents.empty() ? "" : commit->parents.front();
  if (seen) DAVIT_CHECK(check_seen(repository, definition, *seen, now, parent));
  // Where this can't be remembered, in a read-only repository, looking still works.
  if (!seen || seen->commit != now.commit)
    static_cast<void>(write_seen(repository, definition, now, false).has_value());
  return Snapshot{head->id, sha256(head->bytes), {}};
}

}  // namespace

std::string shard_of(ReleaseNumber number) { return std::to_string(number.value / kShard); }
std::string file_of(ReleaseNumber number) { return fmt::format("{}.json", number.value); }
std::string path_of(ReleaseNumber number) {
  return fmt::format("{}/{}/{}", kReleasesFolder, shard_of(number), file_of(number));
}

std::string stored(const State& value) { return to_json(value).dump() + '\n'; }
std::string stored(const Release& value) { return to_json(value).dump() + '\n'; }

Result<Snapshot> read_snapshot(Repository& repository, const std::string& definition,
                               const Ledger::Interest& interest) {
  if (!is_name(definition))
    return Error{fmt::format("'{}' can't be the name of a definition", definition),
                 "names are lower-case letters, digits, '.', '_' and '-'",
                 {},
                 Failure::misused};
  DAVIT_TRY(auto snapshot, read_head(repository, definition));
  if (snapshot.head.empty()) return snapshot;
  auto present = read_state(repository, snapshot.head);
  if (!present) return unreadable(definition, snapshot.head, present.error().message);
  snapshot.state = std::move(present).value();
  if (snapshot.state.definition != definition)
    return unreadable(definition, snapshot.head,
                      fmt::format("it is the ledger of {}", snapshot.state.definition));
  if (interest) DAVIT_CHECK(load_releases(repository, snapshot, interest(snapshot.state)));
  return snapshot;
}

Outcome load_releases(Repository& repository, Snapshot& snapshot,
                      const std::vector<ReleaseNumber>& numbers) {
  std::vector<std::string> names;
  for (const auto number : numbers)
    if (number.value >= 1 && number <= snapshot.state.last_release &&
        snapshot.state.release(number) == nullptr)
      names.push_back(fmt::format("{}:{}", snapshot.head, path_of(number)));
  if (names.empty()) return Done{};
  DAVIT_TRY(const auto objects, repository.objects(names));
  for (const auto& object : objects)
    if (object)
      if (const auto added = add_release(snapshot, object); !added)
        return unreadable(snapshot.state.definition, snapshot.head, added.error().message);
  return Done{};
}

Outcome load_all_releases(Repository& repository, Snapshot& snapshot) {
  std::vector<ReleaseNumber> all;
  for (int number = 1; number <= snapshot.state.last_release.value; ++number)
    all.push_back({number});
  return load_releases(repository, snapshot, all);
}

}  // namespace davit
