// SPDX-License-Identifier: MIT
// Whatever stands in a ledger is kept and shown, and never stops it.
#include <doctest/doctest.h>

#include "tests/world/ledger_scratch.hpp"

using namespace davit;
using namespace davit::story;
using davit::tests::LedgerScratch;

namespace {

using Words = std::vector<std::string>;

// A commit that somebody made with git.
void put_on_top(const LedgerScratch& scratch) {
  scratch.set_head(scratch.git(
      "shop", {"commit-tree", "HEAD^{tree}", "-p", LedgerScratch::kRef, "-m", "hello\n\nthere"}));
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// The head's tree as another version of davit would have stored it.
void stored_by_another(const LedgerScratch& scratch, const std::string& path) {
  const auto file = scratch.git("shop", {"show", LedgerScratch::kRef + (":" + path)});
  const auto other = replaced(file, "\"v\":2", "\"v\":1,\"moon\":true");
  const auto blob = scratch.git("shop", {"hash-object", "-w", "--stdin"}, other);
  setenv("GIT_INDEX_FILE", scratch.path("index").c_str(), 1);
  scratch.git("shop", {"read-tree", LedgerScratch::kRef});
  scratch.git("shop", {"update-index", "--cacheinfo", "100644," + blob + "," + path});
  const auto tree = scratch.git("shop", {"write-tree"});
  unsetenv("GIT_INDEX_FILE");
  const auto old = scratch.git("shop", {"rev-parse", LedgerScratch::kRef + std::string("^{tree}")});
  scratch.set_head(scratch.forge(replaced(scratch.commit(LedgerScratch::kRef), old, tree)));
  scratch.forget();
}

}  // namespace

TEST_CASE("a commit that somebody made with git changes nothing and stops nothing") {
  const LedgerScratch scratch;
  scratch.releases(2);
  const auto before = scratch.open().ledger.whole().value();
  put_on_top(scratch);
  put_on_top(scratch);
  auto shop = scratch.open();
  CHECK(shop.ledger.whole().value() == before);
  const auto found = shop.ledger.verify().value();
  CHECK(found.broken == std::vector<Discrepancy>{});
  REQUIRE(found.ineffective.size() == 2);
  CHECK(found.ineffective[0].what == "it holds no event");
  const auto history = shop.ledger.history().value();
  REQUIRE(history.size() == 4);
  CHECK(sentence("web", history[0].events.at(0)) ==
        "recorded what davit can't read: it holds no event");
  CHECK(!history[0].events.at(0).by.empty());

  scratch.releases(1);
  CHECK(shop.ledger.whole()->last_release.value == 3);
  CHECK(shop.ledger.whole()->releases.size() == 3);
  CHECK(scratch.broken() == Words{});
}

TEST_CASE("a ledger can be opened behind what is none") {
  const LedgerScratch scratch;
  scratch.git("shop", {"update-ref", LedgerScratch::kRef, "HEAD"});
  CHECK(scratch.open().ledger.present()->sequence == 0);
  scratch.releases(2);
  CHECK(scratch.open().ledger.present()->sequence == 3);
  CHECK(scratch.broken() == Words{});
}

TEST_CASE("what another version of davit stored is folded anew, and then stored again") {
  for (const auto* path : {"state.json", "releases/0/1.json"}) {
    const LedgerScratch scratch;
    scratch.releases(2);
    const auto before = scratch.open().ledger.whole().value();
    stored_by_another(scratch, path);
    CHECK(scratch.open().ledger.whole().value() == before);
    const auto found = scratch.open().ledger.verify().value();
    CHECK(found.broken == std::vector<Discrepancy>{});
    REQUIRE(found.reworded.size() == 1);
    CHECK(found.reworded[0].what == "another version of davit stored its tree");
    scratch.forget();
    scratch.told({ReleaseMarked{{1}, true, "broken"}});
    const auto state =
        scratch.git("shop", {"show", LedgerScratch::kRef + (":" + std::string(path))});
    CHECK(state.find("moon") == std::string::npos);
    CHECK(scratch.open().ledger.whole()->releases.size() == 2);
    CHECK(scratch.broken() == Words{});
  }
}

TEST_CASE("an event that can't be read is counted and changes nothing") {
  const LedgerScratch scratch;
  scratch.releases(2);
  scratch.told({asked(1, "production")});
  const auto whim = replaced(scratch.commit(LedgerScratch::kRef), "\"manual\"", "\"whim\"");
  scratch.set_head(scratch.forge(whim));
  scratch.forget();
  auto shop = scratch.open();
  const auto history = shop.ledger.history().value();
  CHECK(std::get<Unknown>(history[0].events.at(0).fact).type == "deployment-requested");
  CHECK(history[0].lines.at(0).find("whim") != std::string::npos);
  const auto found = shop.ledger.verify().value();
  REQUIRE(found.ineffective.size() == 1);
  CHECK(found.ineffective[0].what.find("'cause' is not a word that this davit knows") !=
        std::string::npos);
}
