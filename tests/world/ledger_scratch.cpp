// SPDX-License-Identifier: MIT
#include "tests/world/ledger_scratch.hpp"

#include <doctest/doctest.h>

namespace davit::tests {

namespace {

Repository opened(const std::string& directory) {
  auto repository = Repository::open(directory);
  REQUIRE_MESSAGE(repository.has_value(), repository.error().message);
  return std::move(repository).value();
}

Ledger::Asking alice() { return {{"alice@example.com", "Alice"}, std::string(40, 'c'), {}}; }

}  // namespace

LedgerScratch::LedgerScratch() { repository("shop"); }

LedgerScratch::Opened::Opened(const std::string& directory)
    : repository(opened(directory)), ledger(repository, kName) {}

Result<State> LedgerScratch::append(std::vector<Fact> facts, const std::string& name) const {
  auto here = open(name);
  return here.ledger.append(alice(), clock_, {false},
                            [&](const State&) { return Result<std::vector<Fact>>(facts); });
}

State LedgerScratch::told(std::vector<Fact> facts) const {
  auto after = append(std::move(facts));
  REQUIRE_MESSAGE(after.has_value(), after.error().message);
  return std::move(after).value();
}

void LedgerScratch::releases(int count) const {
  auto here = open();
  for (int number = 1; number <= count; ++number) {
    const auto after = append_release(here.ledger, clock_, "", false);
    REQUIRE_MESSAGE(after.has_value(), after.error().message);
  }
}

std::string LedgerScratch::commit(const std::string& name) const {
  return git("shop", {"cat-file", "commit", name}) + "\n";
}

std::string LedgerScratch::forge(const std::string& bytes) const {
  return git("shop", {"hash-object", "-t", "commit", "-w", "--stdin"}, bytes);
}

void LedgerScratch::forget() const { std::filesystem::remove_all(path("shop/.git/davit")); }

void LedgerScratch::believe_head() const {
  write("shop/.git/davit/verified/web", "1 " + head() + "\n");
}

std::vector<std::string> LedgerScratch::broken() const {
  auto here = open();
  const auto found = here.ledger.verify();
  REQUIRE_MESSAGE(found.has_value(), found.error().message);
  std::vector<std::string> words;
  for (const auto& one : found->broken)
    words.push_back(std::to_string(one.sequence) + ": " + one.what);
  return words;
}

Result<State> append_release(Ledger& ledger, const Clock& clock, const std::string& note,
                             bool sync) {
  return ledger.append(alice(), clock, {sync}, [&](const State& state) {
    auto next = story::cut(state.last_release.value + 1);
    next.note = note;
    return Result<std::vector<Fact>>({next});
  });
}

}  // namespace davit::tests
