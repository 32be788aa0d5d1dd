// SPDX-License-Identifier: MIT
// This clone remembers the highest head that it has seen.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "core/artifacts/aside.hpp"
#include "tests/world/ledger_scratch.hpp"

using namespace davit;
using namespace davit::story;
using davit::tests::LedgerScratch;

namespace {

Error refused(const LedgerScratch& scratch) {
  const auto present = scratch.open().ledger.present();
  REQUIRE(!present.has_value());
  const auto appended = scratch.append({EnvironmentLocked{"production", "", {}}});
  REQUIRE(!appended.has_value());
  CHECK(appended.error() == present.error());
  return present.error();
}

auto count_in(const std::string& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

}  // namespace

TEST_CASE("a ledger that was set back is noticed, and the way back is told") {
  const LedgerScratch scratch;
  scratch.releases(3);
  const auto head = scratch.head();
  scratch.git("shop", {"update-ref", LedgerScratch::kRef, head + "~2"});
  const auto error = refused(scratch);
  CHECK(error.message == "the ledger of web was set back: it ended with event 4 (" +
                             head.substr(0, 10) + "), now it ends with event 2 (" +
                             scratch.head().substr(0, 10) + ")");
  CHECK(error.hint == "look: git log " + head.substr(0, 10) +
                          "\nbring it back: git update-ref refs/davit/ledger/web " + head +
                          "\nif it was meant: rm " + scratch.path("shop/.git/davit/seen/web"));
  CHECK(scratch.broken().size() == 1);
  scratch.git("shop", {"update-ref", LedgerScratch::kRef, head});
  CHECK(scratch.open().ledger.present().has_value());
  CHECK(scratch.broken().empty());
}

// git knows packed-refs by its inode, size and second, and here all of them stay the same.
TEST_CASE("a head that git only remembers is no alarm") {
  const LedgerScratch scratch;
  scratch.releases(3);
  const auto head = scratch.head();
  const auto older = scratch.git("shop", {"rev-parse", head + "~1"});
  scratch.git("shop", {"pack-refs", "--all"});
  const auto now = scratch.read("shop/.git/packed-refs");
  auto before = now;
  before.replace(before.find(head), head.size(), older);
  auto here = scratch.open();
  const auto second = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::this_thread::sleep_until(second + std::chrono::seconds(1));
  scratch.write("shop/.git/packed-refs", before);
  CHECK(!here.ledger.present().has_value());
  scratch.write("shop/.git/packed-refs", now);
  CHECK(here.ledger.present().has_value());
}

TEST_CASE("what a killed davit left beside a remembered head goes with the next one") {
  const LedgerScratch scratch;
  scratch.releases(1);
  for (const char* left : {"seen/.davit-new-1", "verified/.davit-new-1"})
    scratch.write("shop/.git/davit/" + std::string(left), "");
  const auto held = Aside::file_for_all(scratch.path("shop/.git/davit/seen")).value();
  scratch.told({EnvironmentLocked{"production", "", {}}});
  CHECK(count_in(scratch.path("shop/.git/davit/verified")) == 1);
  CHECK(count_in(scratch.path("shop/.git/davit/seen")) == 2);  // and that of one that lives
  CHECK_FALSE(std::filesystem::exists(scratch.path("shop/.git/davit/seen/.davit-new-1")));
}

TEST_CASE("a ledger that was deleted is noticed, and not begun anew") {
  const LedgerScratch scratch;
  scratch.releases(1);
  const auto head = scratch.head();
  scratch.git("shop", {"update-ref", "-d", LedgerScratch::kRef});
  CHECK(refused(scratch).message ==
        "the ledger of web is gone: it ended with event 2 (" + head.substr(0, 10) + ")");
  CHECK(scratch.broken().size() == 1);
  scratch.forget();
  CHECK(scratch.open().ledger.present()->sequence == 0);
}

TEST_CASE("a ledger that was replaced by a longer one is noticed") {
  const LedgerScratch scratch;
  scratch.releases(1);
  const auto head = scratch.head();
  scratch.git("shop", {"update-ref", "-d", LedgerScratch::kRef});
  scratch.forget();
  scratch.releases(3);
  scratch.write("shop/.git/davit/seen/web", "2 " + head + "\n");
  CHECK(refused(scratch).message.find("the ledger of web was replaced by another: ") == 0);
}

TEST_CASE("a ledger that has grown elsewhere is believed, however much") {
  const LedgerScratch scratch;
  scratch.releases(1);
  const auto early = scratch.read("shop/.git/davit/seen/web");
  CHECK(early == "2 " + scratch.head() + "\n");
  scratch.releases(5);
  const auto late = scratch.read("shop/.git/davit/seen/web");
  scratch.write("shop/.git/davit/seen/web", early);
  CHECK(scratch.open().ledger.present()->sequence == 7);
  CHECK(scratch.read("shop/.git/davit/seen/web") == late);
}

TEST_CASE("a first look at a ledger that came from elsewhere is fine") {
  const LedgerScratch scratch;
  scratch.releases(2);
  scratch.git("", {"clone", "--quiet", scratch.path("shop"), scratch.path("clone")});
  scratch.git("clone", {"fetch", "--quiet", "origin", "refs/davit/*:refs/davit/*"});
  CHECK(scratch.open("clone").ledger.present()->sequence == 3);
  CHECK(!scratch.read("clone/.git/davit/seen/web").empty());
}

TEST_CASE("a memory that a power failure cut off is no alarm") {
  const LedgerScratch scratch;
  scratch.releases(1);
  for (const auto* left : {"", "2 ab", "nonsense"}) {
    scratch.write("shop/.git/davit/seen/web", left);
    CHECK(scratch.open().ledger.present()->sequence == 2);
  }
}
