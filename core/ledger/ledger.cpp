// SPDX-License-Identifier: MIT
#include "core/ledger/ledger.hpp"

#include <fmt/format.h>

#include "core/ledger/chain.hpp"
#include "core/ledger/ledger_commit.hpp"
#include "core/ledger/snapshot.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

constexpr std::string_view kLedgers = "refs/davit/ledger/";

Result<Entry> entry(const std::string& definition, const GitObject& commit) {
  auto said = parse_ledger_commit(commit.bytes);
  Entry made{commit.id, 0, {}, {}};
  std::string wrong = said ? "" : said.error().message;
  if (said) {
    made.sequence = said->sequence;
    made.lines = std::move(said->lines);
    for (const auto& line : made.lines) {
      auto event = decode(line);
      if (event)
        made.events.push_back(std::move(event).value());
      else
        wrong = event.error().message;
    }
  }
  if (wrong.empty()) return made;
  return Error{fmt::format("the ledger of {} can't be read at {}: {}", definition,
                           commit.id.substr(0, 10), wrong),
               fmt::format("`davit verify {}` says what does not hold", definition)};
}

}  // namespace

std::string ledger_ref(const std::string& definition) { return std::string(kLedgers) + definition; }

Ledger::Ledger(Repository& repository, std::string definition)
    : repository_(repository), definition_(std::move(definition)) {}

Result<State> Ledger::present(const std::vector<ReleaseNumber>& releases) {
  return present([&](const State&) { return releases; });
}

Result<State> Ledger::present(const Interest& interest) {
  DAVIT_TRY(auto snapshot, read_snapshot(repository_, definition_, interest));
  return std::move(snapshot.state);
}

Result<State> Ledger::whole() {
  DAVIT_TRY(auto snapshot, read_snapshot(repository_, definition_, {}));
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
  DAVIT_TRY(const auto commits, repository_.objects(ids));
  for (const auto& commit : commits) {
    if (!commit) break;
    DAVIT_TRY(auto made, entry(definition_, *commit));
    entries.push_back(std::move(made));
  }
  return entries;
}

Result<std::vector<std::string>> ledgers(Repository& repository) {
  DAVIT_TRY(const auto refs, repository.refs(std::string(kLedgers)));
  std::vector<std::string> names;
  for (const auto& [ref, id] : refs)
    if (auto name = ref.substr(kLedgers.size()); is_name(name)) names.push_back(std::move(name));
  return names;
}

}  // namespace davit
