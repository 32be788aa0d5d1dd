// SPDX-License-Identifier: MIT
#include "core/ledger/ledger.hpp"

#include "core/ledger/chain.hpp"
#include "core/ledger/ledger_commit.hpp"
#include "core/ledger/snapshot.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

constexpr std::string_view kLedgers = "refs/davit/ledger/";

// What a commit says; one that somebody made with git says why it is without effect.
Entry entry(const GitObject& object) {
  auto commit = parse_ledger_commit(object.bytes);
  Entry made{object.id, commit.sequence, {}, std::move(commit.lines)};
  for (const auto& line : made.lines) made.events.push_back(kept(line));
  if (!commit.wrong.empty()) made.events.push_back({{}, "", {}, "", "", Unknown{"", commit.wrong}});
  for (auto& event : made.events)
    if (event.by.empty()) {
      event.by = commit.author;
      event.at = commit.at;
    }
  return made;
}

}  // namespace

std::string ledger_ref(const std::string& definition) { return std::string(kLedgers) + definition; }

Ledger::Ledger(Repository& repository, std::string definition)
    : repository_(repository), definition_(std::move(definition)) {}

Result<State> Ledger::present(const std::vector<ReleaseNumber>& releases) {
  return present([&](const State&) { return releases; });
}

Result<State> Ledger::present(const Interest& interest) {
  DAVIT_TRY(auto snapshot, read_snapshot(repository_, {definition_, interest}));
  return std::move(snapshot.state);
}

Result<State> Ledger::whole() {
  DAVIT_TRY(auto snapshot, read_snapshot(repository_, {definition_}));
  DAVIT_CHECK(load_all_releases(repository_, snapshot));
  return std::move(snapshot.state);
}

Result<std::optional<std::string>> Ledger::head() {
  return repository_.resolve(ledger_ref(definition_));
}

Result<std::vector<Entry>> Ledger::history(std::size_t limit) {
  DAVIT_TRY(const auto tip, head());
  std::vector<Entry> entries;
  if (!tip) return entries;
  DAVIT_TRY(const auto ids, chain(repository_, *tip, limit));
  DAVIT_CHECK(each_commit(repository_, ids, [&](const GitObject& commit) -> Outcome {
    entries.push_back(entry(commit));
    return Done{};
  }));
  return entries;
}

Result<std::vector<Result<State>>> presents(Repository& repository,
                                            const std::vector<LedgerQuestion>& questions) {
  DAVIT_TRY(auto snapshots, read_snapshots(repository, questions));
  std::vector<Result<State>> states;
  states.reserve(snapshots.size());
  for (auto& snapshot : snapshots)
    states.push_back(snapshot ? Result<State>(std::move(snapshot->state))
                              : Result<State>(snapshot.error()));
  return states;
}

Result<std::vector<std::string>> ledgers(Repository& repository) {
  DAVIT_TRY(const auto refs, repository.refs(std::string(kLedgers)));
  std::vector<std::string> names;
  for (const auto& [ref, id] : refs)
    if (auto name = ref.substr(kLedgers.size()); is_name(name)) names.push_back(std::move(name));
  return names;
}

}  // namespace davit
