// SPDX-License-Identifier: MIT
// What somebody with a text editor and `git hash-object` can do to a ledger is named.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/world/ledger_scratch.hpp"

using namespace davit;
using namespace davit::story;
using davit::tests::LedgerScratch;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

std::string tree_of(const LedgerScratch& scratch, const std::string& commit) {
  return scratch.git("shop", {"rev-parse", commit + "^{tree}"});
}

std::string blob(const LedgerScratch& scratch, const std::string& bytes) {
  return scratch.git("shop", {"hash-object", "-w", "--stdin"}, bytes);
}

// The head's tree with one file changed, added, or (with no bytes) taken away.
std::string doctored_tree(const LedgerScratch& scratch, const std::string& path,
                          const std::string& bytes) {
  auto files = scratch.git("shop", {"ls-tree", "-r", LedgerScratch::kRef}) + "\n";
  const auto at = files.find("\t" + path + "\n");
  if (at != std::string::npos) {
    const auto begin = files.rfind('\n', at) + 1;
    files.erase(begin, files.find('\n', at) + 1 - begin);
  }
  if (!bytes.empty()) files += "100644 blob " + blob(scratch, bytes) + "\t" + path + "\n";
  setenv("GIT_INDEX_FILE", scratch.path("index").c_str(), 1);
  std::filesystem::remove(scratch.path("index"));
  scratch.git("shop", {"update-index", "--index-info"}, files);
  const auto tree = scratch.git("shop", {"write-tree"});
  unsetenv("GIT_INDEX_FILE");
  return tree;
}

// Puts the forged bytes of a commit in the place of the head.
void put_in_place_of_head(const LedgerScratch& scratch, const std::string& bytes) {
  scratch.set_head(scratch.forge(bytes));
  scratch.forget();
}

// As if the head had been written with this tree.
void give_head_the_tree(const LedgerScratch& scratch, const std::string& tree) {
  const auto old = tree_of(scratch, LedgerScratch::kRef);
  put_in_place_of_head(scratch, replaced(scratch.commit(LedgerScratch::kRef), old, tree));
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a doctored tree is named, file by file") {
  const LedgerScratch scratch;
  scratch.releases(2);
  const auto file =
      scratch.git("shop", {"show", LedgerScratch::kRef + std::string(":releases/0/1.json")});
  give_head_the_tree(scratch,
                     doctored_tree(scratch, "releases/0/1.json",
                                   replaced(file, "alice@example.com", "bob@example.com")));
  CHECK(scratch.broken() == Words{"3: its tree differs from the fold: releases/0/1.json"});
  give_head_the_tree(scratch, doctored_tree(scratch, "releases/0/2.json", ""));
  CHECK(scratch.broken() == Words{"3: its tree differs from the fold: releases/0/1.json",
                                  "3: its tree lacks releases/0/2.json"});
  give_head_the_tree(scratch, doctored_tree(scratch, "evil.sh", "rm"));
  CHECK(scratch.broken().back() == "3: its tree lacks releases/0/2.json");
  CHECK(scratch.broken().size() == 3);
  CHECK(scratch.broken()[1] == "3: its tree holds evil.sh, which davit did not write");
}

TEST_CASE("a doctored tree is named in whichever commit it is") {
  const LedgerScratch scratch;
  scratch.releases(70);
  const auto doctored = [&](const std::string& path, const std::string& what) {
    const auto file = scratch.git("shop", {"show", LedgerScratch::kRef + (":" + path)});
    const auto head = scratch.head();
    give_head_the_tree(scratch, doctored_tree(scratch, path, replaced(file, what, "mallory@")));
    scratch.believe_head();
    scratch.told({EnvironmentLocked{"production", "", {}}});
    scratch.told({EnvironmentUnlocked{"production", ""}});
    const auto words = scratch.broken();
    CHECK(std::count_if(words.begin(), words.end(), [&](const std::string& word) {
            return word.find("its tree differs from the fold: " + path) != std::string::npos;
          }) == 1);
    put_in_place_of_head(scratch, scratch.commit(head));
  };
  doctored("releases/0/7.json", "alice@");
  doctored("releases/1/70.json", "alice@");
  doctored("state.json", "2026.11.22-70");
}

TEST_CASE("a doctored present is named, and only where it began") {
  const LedgerScratch scratch;
  scratch.releases(2);
  const auto file = scratch.git("shop", {"show", LedgerScratch::kRef + std::string(":state.json")});
  give_head_the_tree(scratch,
                     doctored_tree(scratch, "state.json",
                                   replaced(file, "\"last_release\":2", "\"last_release\":7")));
  scratch.believe_head();
  scratch.told({EnvironmentLocked{"production", "", {}}});
  CHECK(scratch.broken() == Words{"3: its tree differs from the fold: state.json"});
}

TEST_CASE("the same state in other bytes is no difference") {
  const LedgerScratch scratch;
  scratch.releases(2);
  const auto spaced = [&](const std::string& path) {
    const auto file = scratch.git("shop", {"show", LedgerScratch::kRef + (":" + path)});
    give_head_the_tree(scratch, doctored_tree(scratch, path, replaced(file, "{", "{  ")));
  };
  spaced("releases/0/1.json");
  spaced("state.json");
  scratch.releases(1);
  CHECK(scratch.broken() == Words{});
}

TEST_CASE("a doctored event is named: in the last commit by its tree") {
  const LedgerScratch scratch;
  scratch.releases(2);
  auto bytes = scratch.commit(LedgerScratch::kRef);
  put_in_place_of_head(scratch, replaced(bytes, "\"release\":2", "\"release\":3"));
  const auto found = scratch.open().ledger.verify().value();
  CHECK(found.ineffective.size() == 1);
  CHECK(found.broken.size() == 2);
  CHECK(scratch.broken().front() == "3: its tree differs from the fold: state.json");
}

TEST_CASE("a doctored message is named by the digest in the commit behind it") {
  const LedgerScratch scratch;
  scratch.releases(2);
  const auto last = scratch.commit(LedgerScratch::kRef);
  const auto first = scratch.git("shop", {"rev-parse", LedgerScratch::kRef + std::string("~")});
  const auto forged =
      scratch.forge(replaced(scratch.commit(first), "created web/1", "created web/7"));
  put_in_place_of_head(scratch, replaced(last, first, forged));
  CHECK(scratch.broken() ==
        Words{"3: the digest of the commit before it does not match: one of the two was changed"});
  const auto found = scratch.open().ledger.verify().value();
  REQUIRE(found.reworded.size() == 1);
  CHECK(found.reworded[0].what.find("it says \"created web/7") == 0);
}

TEST_CASE("an author who is not whom the event names is told") {
  const LedgerScratch scratch;
  scratch.releases(1);
  put_in_place_of_head(scratch, replaced(scratch.commit(LedgerScratch::kRef),
                                         "author Alice <alice@", "author Bob <bob@"));
  CHECK(scratch.broken().front() ==
        "2: its author is bob@example.com, where the event is by alice@example.com");
}

TEST_CASE("a doctored order is named") {
  const LedgerScratch scratch;
  scratch.releases(1);
  scratch.told({EnvironmentLocked{"production", "one", {}}});
  scratch.told({EnvironmentUnlocked{"production", "two"}});
  const auto unlock = scratch.head();
  const auto lock = scratch.git("shop", {"rev-parse", unlock + "~"});
  const auto create = scratch.git("shop", {"rev-parse", unlock + "~2"});
  const auto second = scratch.forge(replaced(scratch.commit(unlock), lock, create));
  put_in_place_of_head(scratch, replaced(scratch.commit(lock), create, second));
  const auto words = scratch.broken();
  CHECK(std::count(words.begin(), words.end(), "4: its sequence number is 4, where 3 comes next") ==
        1);
  CHECK(std::count(words.begin(), words.end(), "3: its sequence number is 3, where 5 comes next") ==
        1);
}

TEST_CASE("a commit that was cut out is named") {
  const LedgerScratch scratch;
  scratch.releases(3);
  const auto head = scratch.head();
  const auto middle = scratch.git("shop", {"rev-parse", head + "~"});
  const auto first = scratch.git("shop", {"rev-parse", head + "~2"});
  put_in_place_of_head(scratch, replaced(scratch.commit(head), middle, first));
  CHECK(scratch.broken().front() == "4: its sequence number is 4, where 3 comes next");
}

TEST_CASE("a missing parent is named") {
  const LedgerScratch scratch;
  scratch.releases(3);
  const auto first = scratch.git("shop", {"rev-parse", LedgerScratch::kRef + std::string("~2")});
  std::filesystem::remove(
      scratch.path("shop/.git/objects/" + first.substr(0, 2) + "/" + first.substr(2)));
  CHECK(scratch.broken().front() == "3: its parent " + first + " is missing");
  CHECK(scratch.open().ledger.history(0)->size() == 2);
}

TEST_CASE("a merge is named") {
  const LedgerScratch scratch;
  scratch.releases(2);
  const auto other = scratch.git("shop", {"rev-parse", "HEAD"});
  put_in_place_of_head(scratch, replaced(scratch.commit(LedgerScratch::kRef), "\nauthor ",
                                         "\nparent " + other + "\nauthor "));
  CHECK(scratch.broken() == Words{"3: it is a merge, where a ledger is one line"});
}

TEST_CASE("the ledger of another definition under this name is named") {
  const LedgerScratch scratch;
  scratch.releases(1);
  scratch.git("shop", {"update-ref", "refs/davit/ledger/api", LedgerScratch::kRef});
  auto shop = scratch.open();
  Ledger api(shop.repository, "api");
  CHECK(api.present().error().message.find("it is the ledger of web") != std::string::npos);
  CHECK(api.verify()->broken.front().what == "it opens the ledger of web");
}
