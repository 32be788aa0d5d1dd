// SPDX-License-Identifier: MIT
// Reading from a repository.
#include <doctest/doctest.h>
#include <signal.h>

#include "core/git/repository.hpp"
#include "tests/world/scratch.hpp"

using namespace davit;
using davit::tests::Scratch;

namespace {

Repository opened(const Scratch& scratch, const std::string& name) {
  auto repository = Repository::open(scratch.path(name));
  REQUIRE_MESSAGE(repository.has_value(), repository.error().message);
  return std::move(repository).value();
}

}  // namespace

TEST_CASE("objects are read by any name that git understands, in the order asked") {
  const Scratch scratch;
  scratch.repository("shop");
  auto repository = opened(scratch, "shop");
  const auto found =
      repository.objects({"HEAD:greeting", "HEAD:none", "HEAD", "two\nlines", "", "main^{tree}"});
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 6);
  CHECK((*found)[0]->bytes == "hello\n");
  CHECK((*found)[0]->type == "blob");
  CHECK(!(*found)[1].has_value());
  CHECK((*found)[2]->type == "commit");
  CHECK((*found)[2]->id == scratch.git("shop", {"rev-parse", "HEAD"}));
  CHECK(!(*found)[3].has_value());
  CHECK(!(*found)[4].has_value());
  CHECK((*found)[5]->type == "tree");
}

TEST_CASE("thousands of names and large files are read without either side waiting for ever") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.write("shop/large", std::string(3'000'000, 'x'));
  scratch.git("shop", {"add", "large"});
  scratch.git("shop", {"commit", "--quiet", "-m", "large"});
  auto repository = opened(scratch, "shop");
  std::vector<std::string> names(20'000, "HEAD:greeting");
  names.insert(names.begin() + 10'000, "HEAD:large");
  names.insert(names.begin() + 5'000, "HEAD:" + std::string(1'000, 'n'));
  const auto found = repository.objects(names);
  REQUIRE(found.has_value());
  CHECK((*found)[10'001]->bytes.size() == 3'000'000);
  CHECK(!(*found)[5'000].has_value());
  CHECK(found->back()->bytes == "hello\n");
}

TEST_CASE("what is written and packed after the first reading is seen") {
  const Scratch scratch;
  scratch.repository("shop");
  auto repository = opened(scratch, "shop");
  CHECK(repository.blob("HEAD:greeting").has_value());
  scratch.write("shop/greeting", "bye\n");
  scratch.git("shop", {"commit", "--quiet", "-a", "-m", "second"});
  CHECK(repository.blob("HEAD:greeting").value() == "bye\n");
  scratch.git("shop", {"gc", "--quiet", "--prune=now"});
  CHECK(repository.blob("HEAD:greeting").value() == "bye\n");
  CHECK(repository.blob("HEAD~:greeting").value() == "hello\n");
}

TEST_CASE("a damaged object is an error in git's words, and reading goes on behind it") {
  const Scratch scratch;
  scratch.repository("shop");
  auto repository = opened(scratch, "shop");
  const auto id = scratch.git("shop", {"rev-parse", "HEAD:greeting"});
  const auto file = "shop/.git/objects/" + id.substr(0, 2) + "/" + id.substr(2);
  std::filesystem::remove(scratch.path(file));
  scratch.write(file, "not compressed");
  const auto broken = repository.blob("HEAD:greeting");
  REQUIRE(!broken.has_value());
  CHECK(broken.error().message.find("git can't read from this repository: ") == 0);
  CHECK(repository.resolve("HEAD").value().has_value());
}

TEST_CASE("a blob that is not there, or is none, is an error") {
  const Scratch scratch;
  scratch.repository("shop");
  auto repository = opened(scratch, "shop");
  CHECK(repository.blob("HEAD:none").error().message == "there is no HEAD:none");
  CHECK(repository.blob("HEAD").error().message == "HEAD is no file");
}

TEST_CASE("a tree's entries are told apart") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.write("shop/folder/file", "");
  scratch.write("shop/run me", "");
  std::filesystem::permissions(scratch.path("shop/run me"), std::filesystem::perms::all);
  std::filesystem::create_symlink("greeting", scratch.path("shop/link"));
  scratch.git("shop", {"add", "."});
  scratch.git("shop", {"commit", "--quiet", "-m", "more"});
  auto repository = opened(scratch, "shop");
  const auto entries = repository.tree("HEAD").value();
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].is_tree);
  CHECK(entries[1].name == "greeting");
  CHECK(entries[1].id == scratch.git("shop", {"rev-parse", "HEAD:greeting"}));
  CHECK(entries[2].is_link);
  CHECK(entries[3].name == "run me");
  CHECK(entries[3].is_executable);
  CHECK(repository.tree("HEAD:folder").value().size() == 1);
  CHECK(repository.tree("HEAD:none").value().empty());
  CHECK(!parse_tree("100644 cut off").has_value());
}

TEST_CASE("a repository without a commit has no HEAD but a branch") {
  const Scratch scratch;
  scratch.git("", {"init", "--quiet", "--initial-branch=main", scratch.path("new")});
  auto repository = opened(scratch, "new");
  CHECK(!repository.resolve("HEAD").value().has_value());
  CHECK(repository.branch().value() == "main");
  CHECK(repository.tree("HEAD").value().empty());
}

TEST_CASE("a detached HEAD has no branch") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.git("shop", {"checkout", "--quiet", "--detach"});
  auto repository = opened(scratch, "shop");
  CHECK(repository.branch().value().empty());
  CHECK(repository.resolve("HEAD").value() == scratch.git("shop", {"rev-parse", "main"}));
}

TEST_CASE("a clone of depth 1 reads what it has") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.git("shop", {"commit", "--quiet", "--allow-empty", "-m", "second"});
  scratch.git("", {"clone", "--quiet", "--depth=1", "file://" + scratch.path("shop"),
                   scratch.path("shallow")});
  auto repository = opened(scratch, "shallow");
  CHECK(repository.blob("HEAD:greeting").value() == "hello\n");
  CHECK(!repository.resolve("HEAD~").value().has_value());
}

TEST_CASE("a replaced object is not believed") {
  const Scratch scratch;
  scratch.repository("shop");
  const auto forged = scratch.git("shop", {"hash-object", "-w", "--stdin"}, "forged");
  scratch.git("shop", {"replace", scratch.git("shop", {"rev-parse", "HEAD:greeting"}), forged});
  CHECK(opened(scratch, "shop").blob("HEAD:greeting").value() == "hello\n");
}

TEST_CASE("who one is comes from git's settings, and how to say it is told") {
  const Scratch scratch;
  scratch.repository("shop");
  CHECK(opened(scratch, "shop").email().error().hint ==
        "git config --global user.email you@example.com");
  CHECK(opened(scratch, "shop").user_name().error().message == "git doesn't know your name");
  scratch.git("shop", {"config", "user.email", "bob@example.com"});
  scratch.git("shop", {"config", "user.name", "Bob Baker"});
  auto repository = opened(scratch, "shop");
  CHECK(repository.email().value() == "bob@example.com");
  CHECK(repository.user_name().value() == "Bob Baker");
}

TEST_CASE("git's failure is told in its own words") {
  const Scratch scratch;
  scratch.repository("shop");
  auto repository = opened(scratch, "shop");
  const auto failed = repository.git({"show", "no-such-thing"});
  REQUIRE(!failed.has_value());
  CHECK(failed.error().message.find("git show: ambiguous argument 'no-such-thing'") == 0);
  CHECK(repository.git({"hash-object", "--stdin"}, "hello\n").value() ==
        scratch.git("shop", {"rev-parse", "HEAD:greeting"}) + "\n");
}

TEST_CASE("ancestors and refs are git's own") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.git("shop", {"commit", "--quiet", "--allow-empty", "-m", "second"});
  scratch.git("shop", {"update-ref", "refs/davit/ledger/web", "HEAD"});
  auto repository = opened(scratch, "shop");
  CHECK(repository.is_ancestor("HEAD~", "HEAD").value());
  CHECK(!repository.is_ancestor("HEAD", "HEAD~").value());
  CHECK(!repository.is_ancestor("none", "HEAD").has_value());
  const auto refs = repository.refs("refs/davit/ledger").value();
  REQUIRE(refs.size() == 1);
  CHECK(refs[0].first == "refs/davit/ledger/web");
  CHECK(refs[0].second == scratch.git("shop", {"rev-parse", "HEAD"}));
}
