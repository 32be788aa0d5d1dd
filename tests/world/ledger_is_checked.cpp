// SPDX-License-Identifier: MIT
// Whoever acts verifies first, from the last head that was verified on.
#include <doctest/doctest.h>

#include "tests/world/ledger_scratch.hpp"

using namespace davit;
using namespace davit::story;
using davit::tests::LedgerScratch;

namespace {

std::string verified(const LedgerScratch& scratch) {
  return scratch.read("shop/.git/davit/verified/web");
}

std::string line(int sequence, const std::string& commit) {
  return std::to_string(sequence) + " " + commit + "\n";
}

// Somebody else's commit: by the sequence it says to have.
void forge_head(const LedgerScratch& scratch, const std::string& what, const std::string& by) {
  auto bytes = scratch.commit(LedgerScratch::kRef);
  const auto at = bytes.find(what);
  REQUIRE(at != std::string::npos);
  scratch.set_head(scratch.forge(bytes.replace(at, what.size(), by)));
}

}  // namespace

TEST_CASE("what this clone has appended or verified is remembered as verified") {
  const LedgerScratch scratch;
  scratch.releases(3);
  CHECK(verified(scratch) == line(4, scratch.head()));
  scratch.forget();
  CHECK(scratch.open().ledger.present().has_value());
  CHECK(verified(scratch).empty());  // who looks believes
  CHECK(scratch.open().ledger.verify()->holds());
  CHECK(verified(scratch) == line(4, scratch.head()));
}

TEST_CASE("who appends verifies what is new, and refuses what does not hold") {
  const LedgerScratch scratch;
  scratch.releases(3);
  const auto good = scratch.git("shop", {"rev-parse", LedgerScratch::kRef + std::string("~")});
  scratch.write("shop/.git/davit/verified/web", line(3, good));
  forge_head(scratch, "Davit-Sequence: 4", "Davit-Sequence: 9");
  std::filesystem::remove(scratch.path("shop/.git/davit/seen/web"));
  const auto refused = scratch.append({EnvironmentLocked{"production", "", {}}});
  REQUIRE(!refused.has_value());
  CHECK(refused.error().message == "the ledger of web does not hold at event 9 (" +
                                       scratch.head().substr(0, 10) +
                                       "): its sequence number is 9, where 4 comes next");
  CHECK(refused.error().hint ==
        "look: davit verify web\nback to the last that holds: git "
        "update-ref refs/davit/ledger/web " +
            good + " && rm " + scratch.path("shop/.git/davit/seen/web"));
  CHECK(verified(scratch) == line(3, good));
  CHECK(scratch.open().ledger.present().has_value());
}

TEST_CASE("a tree that was doctored behind the verified head is found by who acts") {
  const LedgerScratch scratch;
  scratch.releases(70);
  const auto good = scratch.head();
  scratch.told({ReleaseMarked{{3}, true, "broken"}});
  scratch.told({asked(69, "production")});
  const auto before = scratch.git("shop", {"rev-parse", good + "^{tree}"});
  const auto now = scratch.git("shop", {"rev-parse", LedgerScratch::kRef + std::string("^{tree}")});
  forge_head(scratch, now, before);
  std::filesystem::remove(scratch.path("shop/.git/davit/seen/web"));
  scratch.write("shop/.git/davit/verified/web", line(71, good));
  const auto refused = scratch.append({EnvironmentLocked{"production", "", {}}});
  REQUIRE(!refused.has_value());
  CHECK(refused.error().message.find("its tree differs from the fold: releases/") !=
        std::string::npos);
}

TEST_CASE("what came from elsewhere is verified from where this clone stood") {
  const LedgerScratch scratch;
  scratch.releases(70);
  const auto then = scratch.head();
  scratch.told({ReleaseMarked{{3}, true, "broken"}});
  scratch.releases(40);  // more than are asked for one by one
  scratch.write("shop/.git/davit/verified/web", line(71, then));
  scratch.told({asked(69, "production"), ReleaseMarked{{64}, true, "broken"}});
  CHECK(verified(scratch) == line(114, scratch.head()));
  CHECK(scratch.broken().empty());
}

TEST_CASE("a verified head that is no longer behind the present one counts for nothing") {
  const LedgerScratch scratch;
  scratch.releases(3);
  const auto gone = scratch.head();
  scratch.set_head(gone + "~2");
  std::filesystem::remove(scratch.path("shop/.git/davit/seen/web"));
  scratch.releases(1);
  CHECK(verified(scratch) == line(3, scratch.head()));
  for (const auto* nonsense : {"", "7 ab\n", "7 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"}) {
    scratch.write("shop/.git/davit/verified/web", nonsense);
    scratch.releases(1);
    CHECK(verified(scratch).find(scratch.head()) != std::string::npos);
  }
}
