// SPDX-License-Identifier: MIT
// Appending to a ledger and reading it back.
#include <doctest/doctest.h>

#include "tests/world/ledger_scratch.hpp"

using namespace davit;
using namespace davit::story;
using davit::tests::LedgerScratch;
using davit::tests::TickingClock;

namespace {

const Ledger::Asking kAlice{{"alice@example.com", "Alice"}, "", {}};

std::vector<Fact> deployed(int release, int fence) {
  return {began(release, "production", fence), ended(release, "production", fence)};
}

}  // namespace

TEST_CASE("a repository without a ledger has an empty present and no history") {
  const LedgerScratch scratch;
  auto shop = scratch.open();
  CHECK(shop.ledger.present()->sequence == 0);
  CHECK(shop.ledger.whole()->releases.empty());
  CHECK(!shop.ledger.head()->has_value());
  CHECK(shop.ledger.history()->empty());
  CHECK(shop.ledger.verify()->commits == 0);
  CHECK(ledgers(shop.repository)->empty());
}

TEST_CASE("what was appended is what is read, by parts and whole") {
  const LedgerScratch scratch;
  scratch.releases(3);
  const auto after = scratch.told({asked(2, "production")});
  CHECK(after.sequence == 5);  // the first is that the ledger was opened
  auto shop = scratch.open();
  CHECK(shop.ledger.present()->releases.empty());
  CHECK(shop.ledger.present()->last_release.value == 3);
  const auto some = shop.ledger.present({{2}, {9}}).value();
  REQUIRE(some.releases.size() == 1);
  CHECK(*some.release({2}) == *after.release({2}));
  const auto newest = [](const State& state) { return std::vector{state.last_release}; };
  CHECK(shop.ledger.present(newest)->release({3}) != nullptr);
  CHECK(shop.ledger.whole()->releases.size() == 3);
  CHECK(ledgers(shop.repository).value() == std::vector<std::string>{"web"});
}

TEST_CASE("the stored state is the fold of all events, commit by commit") {
  const LedgerScratch scratch;
  scratch.releases(70);  // more than one folder of releases
  scratch.told({asked(66, "production"), approved(66, "production")});
  scratch.told(deployed(66, 1));
  scratch.told({ReleaseMarked{{3}, true, "broken"}});
  auto shop = scratch.open();
  State folded;
  auto history = shop.ledger.history().value();
  for (auto entry = history.rbegin(); entry != history.rend(); ++entry)
    for (const auto& event : entry->events) CHECK(apply(folded, event).effective);
  CHECK(folded == shop.ledger.whole().value());
  const auto found = shop.ledger.verify().value();
  CHECK(found.holds());
  CHECK(found.commits == 73);
  CHECK(found.events == 76);
  CHECK(found.ineffective.empty());
  CHECK(found.reworded.empty());
}

TEST_CASE("git log reads as sentences, by who did it and when") {
  const LedgerScratch scratch;
  scratch.releases(1);
  scratch.told({asked(1, "production"), approved(1, "production")});
  const auto log = scratch.git(
      "shop", {"log", "--format=%an <%ae> %aI %cn: %s", "--date=iso", LedgerScratch::kRef});
  CHECK(log ==
        "Alice <alice@example.com> 2026-11-22T12:02:00+00:00 davit: "
        "asked to deploy web/1 to production: \"wanted\"; approved web/1 for production\n"
        "Alice <alice@example.com> 2026-11-22T12:01:00+00:00 davit: "
        "created web/1 2026.11.22-1 at ccccccc");
}

TEST_CASE("the commits stand in a second chain, and git finds nothing wrong with them") {
  const LedgerScratch scratch;
  scratch.releases(2);
  const auto second = scratch.commit(LedgerScratch::kRef);
  const auto first = scratch.commit(std::string(LedgerScratch::kRef) + "~");
  CHECK(second.find("\n\nDavit-Sequence: 3\nDavit-Previous: " + sha256(first).hex + "\n") !=
        std::string::npos);
  CHECK(first.find("Davit-Previous") == std::string::npos);
  CHECK(scratch.git("shop", {"ls-tree", "-r", "--name-only", LedgerScratch::kRef}) ==
        "releases/0/1.json\nreleases/0/2.json\nstate.json");
  scratch.git("shop", {"fsck", "--strict", "--no-dangling"});
}

TEST_CASE("nothing to say writes nothing, and a refusal is handed on") {
  const LedgerScratch scratch;
  auto shop = scratch.open();
  const TickingClock clock;
  const auto nothing = [](const State&) { return Result<std::vector<Fact>>(std::vector<Fact>{}); };
  CHECK(shop.ledger.append(kAlice, clock, {}, nothing).has_value());
  CHECK(!shop.ledger.head()->has_value());
  const auto no = [](const State&) { return Result<std::vector<Fact>>(Error{"no"}); };
  CHECK(shop.ledger.append(kAlice, clock, {}, no).error().message == "no");
}

TEST_CASE("whoever was overtaken decides again, on what is there then") {
  const LedgerScratch scratch;
  scratch.releases(1);
  auto shop = scratch.open();
  const TickingClock clock;
  std::vector<int> seen;
  const auto after = shop.ledger.append(kAlice, clock, {}, [&](const State& state) {
    seen.push_back(state.last_release.value);
    if (seen.size() == 1) scratch.told({cut(2)});
    return Result<std::vector<Fact>>({cut(state.last_release.value + 1)});
  });
  REQUIRE(after.has_value());
  CHECK(seen == std::vector{1, 2});
  CHECK(after->last_release.value == 3);
  CHECK(shop.ledger.verify()->holds());
}

TEST_CASE("two that open a ledger at once open it once") {
  const LedgerScratch scratch;
  auto shop = scratch.open();
  const TickingClock clock;
  int asked_times = 0;
  const auto after = shop.ledger.append(kAlice, clock, {}, [&](const State& state) {
    if (++asked_times == 1) scratch.told({cut(1)});
    return Result<std::vector<Fact>>({cut(state.last_release.value + 1)});
  });
  REQUIRE(after.has_value());
  CHECK(asked_times == 2);
  CHECK(after->sequence == 3);
  CHECK(shop.ledger.verify()->holds());
}

TEST_CASE("a fact that would change nothing is not written") {
  const LedgerScratch scratch;
  scratch.releases(1);
  const auto head = scratch.head();
  const auto again = scratch.append({cut(1)});
  REQUIRE(!again.has_value());
  CHECK(again.error().message.find("nothing was recorded: ") == 0);
  CHECK(scratch.head() == head);
}

TEST_CASE("an event that is too large is not written") {
  const LedgerScratch scratch;
  auto large = cut(1);
  large.note.assign(70'000, 'x');
  const auto error = scratch.append({large}).error();
  CHECK(error.message.find("bytes in the ledger, where an event has at most 65536") !=
        std::string::npos);
  CHECK(!scratch.open().ledger.head()->has_value());
}

TEST_CASE("whatever people write keeps the commit in its form") {
  const LedgerScratch scratch;
  auto odd = cut(1);
  odd.note = "two\n\nlines\nDavit-Sequence: 9\n{\"v\":1}\n\xe2\x80\xa8";
  odd.name = odd.subject = "a\nb\x01\r\n";
  scratch.told({odd});
  auto shop = scratch.open();
  const TickingClock clock;
  const Ledger::Asking mallory{{"m@example.com", "Mal <l>\nory\n"}, "", {}};
  const auto after = shop.ledger.append(
      mallory, clock, {}, [](const State&) { return Result<std::vector<Fact>>({cut(2)}); });
  REQUIRE(after.has_value());
  CHECK(shop.ledger.whole()->release({1})->note == odd.note);
  CHECK(shop.ledger.verify()->broken == std::vector<Discrepancy>{});
  CHECK(scratch.git("shop", {"log", "-1", "--format=%an|%ae", LedgerScratch::kRef}) ==
        "Mal lory|m@example.com");
  scratch.git("shop", {"fsck", "--strict", "--no-dangling"});
}

TEST_CASE("a name that can't be a definition's never becomes a path") {
  const LedgerScratch scratch;
  auto shop = scratch.open();
  for (const auto* name : {"../x", "a/b", "", "X", "a.lock"}) {
    Ledger ledger(shop.repository, name);
    CHECK(ledger.present().error().failure == Failure::misused);
  }
}

TEST_CASE("of many ledgers read together each has its own answer") {
  const LedgerScratch scratch;
  scratch.releases(3);
  auto opened = scratch.open();
  auto& repository = opened.repository;
  Ledger other(repository, "other");
  REQUIRE(append_release(other, TickingClock(), "only", false).has_value());
  scratch.git("shop", {"update-ref", LedgerScratch::kRef, scratch.head() + "~1"});
  const auto newest = [](const State& bare) { return std::vector{bare.last_release}; };
  const auto all =
      presents(repository, {{"web", newest}, {"other", newest}, {"none"}, {"no/name"}, {"other"}});
  REQUIRE(all.has_value());
  REQUIRE(all->size() == 5);
  CHECK((*all)[0].error().message.find("was set back") != std::string::npos);
  CHECK((*all)[1]->releases.size() == 1);
  CHECK((*all)[2]->sequence == 0);
  CHECK((*all)[3].error().failure == Failure::misused);
  CHECK((*all)[4]->last_release == ReleaseNumber{1});
  CHECK((*all)[4]->releases.empty());
}
