// SPDX-License-Identifier: MIT
// Moving a ref beside git, other davits, and what the killed ones left.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/git/ref_lock.hpp"
#include "core/git/ref_move.hpp"
#include "tests/world/scratch.hpp"

using namespace davit;
using davit::tests::Scratch;

namespace {

const std::string kRef = "refs/davit/ledger/web";

Repository opened(const Scratch& scratch, const std::string& name) {
  auto repository = Repository::open(scratch.path(name));
  REQUIRE_MESSAGE(repository.has_value(), repository.error().message);
  return std::move(repository).value();
}

Moved moved(Repository& repository, const std::string& from, const std::string& to) {
  const auto answer =
      move_ref(repository, {kRef, from, to, "alice@example.com", Instant{}, "a test"}, true);
  REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
  return *answer;
}

// A repository with two commits.
struct Shop : Scratch {
  Shop() {
    repository("shop");
    first = git("shop", {"rev-parse", "HEAD"});
    git("shop", {"commit", "--quiet", "--allow-empty", "-m", "second"});
    second = git("shop", {"rev-parse", "HEAD"});
  }
  std::string lock() const { return path("shop/.git/" + kRef + ".lock"); }

  // A davit that is killed holding the lock.
  void killed_holding() const {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      auto repository = Repository::open(path("shop"));
      const auto lock = RefLock::take(*repository, kRef, first, true);
      if (!lock || !*lock) _exit(1);
      kill(getpid(), SIGKILL);
    }
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
  }

  std::string first, second;
};

}  // namespace

TEST_CASE("a ref moves only from where it was expected") {
  const Shop shop;
  auto repository = opened(shop, "shop");
  CHECK(moved(repository, shop.second, shop.first) == Moved::elsewhere);  // it is not there yet
  CHECK(moved(repository, "", shop.first) == Moved::yes);
  CHECK(moved(repository, "", shop.second) == Moved::elsewhere);  // it is there already
  CHECK(moved(repository, shop.second, shop.first) == Moved::elsewhere);
  shop.git("shop", {"pack-refs", "--all", "--prune"});
  CHECK(moved(repository, "", shop.second) == Moved::elsewhere);
  CHECK(moved(repository, shop.first, shop.second) == Moved::yes);
  CHECK(shop.git("shop", {"rev-parse", kRef}) == shop.second);
  CHECK(shop.git("shop", {"log", "-g", "--format=%gs by %gn", kRef}) ==
        "a test by alice@example.com\na test by alice@example.com");
  CHECK(!std::filesystem::exists(shop.lock()));
  CHECK(shop.read("shop/.git/davit/locks/" + kRef + "~").empty());
}

TEST_CASE("a ref that leads to what is missing is not taken for none") {
  const Shop shop;
  auto repository = opened(shop, "shop");
  shop.write("shop/.git/" + kRef, std::string(40, 'a') + "\n");
  const auto answer = move_ref(repository, {kRef, "", shop.first, "a@example.com", {}, ""}, false);
  CHECK((!answer || *answer == Moved::elsewhere));
  CHECK(shop.read("shop/.git/" + kRef) == std::string(40, 'a') + "\n");
}

TEST_CASE("a ref that somebody else has locked is left alone") {
  const Shop shop;
  auto repository = opened(shop, "shop");
  for (const auto& content : {std::string(), shop.first + "\n"}) {  // as git leaves it
    shop.write("shop/.git/" + kRef + ".lock", content);
    CHECK(moved(repository, "", shop.first) == Moved::locked);
    CHECK(moved(repository, "", shop.first) == Moved::locked);
    CHECK(std::filesystem::exists(shop.lock()));
  }
  std::filesystem::remove(shop.lock());
  CHECK(moved(repository, "", shop.first) == Moved::yes);
}

TEST_CASE("the lock of a davit that was killed is taken away by the next") {
  const Shop shop;
  auto repository = opened(shop, "shop");
  shop.killed_holding();
  CHECK(std::filesystem::exists(shop.lock()));
  CHECK(moved(repository, "", shop.second) == Moved::yes);
  shop.killed_holding();
  CHECK(moved(repository, shop.second, shop.first) == Moved::yes);
  CHECK(shop.git("shop", {"rev-parse", kRef}) == shop.first);
  shop.git("shop", {"fsck", "--strict", "--no-dangling"});
}

TEST_CASE("git's lock is not taken for that of a davit that was killed") {
  const Shop shop;
  auto repository = opened(shop, "shop");
  shop.killed_holding();
  std::filesystem::remove(shop.lock());
  shop.write("shop/.git/" + kRef + ".lock", shop.first + "\n");
  CHECK(moved(repository, "", shop.second) == Moved::locked);
  CHECK(std::filesystem::exists(shop.lock()));
}

TEST_CASE("a davit that lives keeps its lock") {
  const Shop shop;
  auto repository = opened(shop, "shop");
  auto lock = RefLock::take(repository, kRef, shop.first, true);
  REQUIRE((lock.has_value() && *lock));
  auto other = opened(shop, "shop");
  CHECK(moved(other, "", shop.second) == Moved::locked);
  CHECK((*lock)->move().has_value());
  CHECK(shop.git("shop", {"rev-parse", kRef}) == shop.first);
  lock->reset();
  CHECK(moved(other, shop.first, shop.second) == Moved::yes);
}

TEST_CASE("where davit can keep nothing of its own, a ref moves in git's lock alone") {
  const Shop shop;
  auto repository = opened(shop, "shop");
  shop.write("shop/.git/davit", "in the way");
  CHECK(moved(repository, "", shop.first) == Moved::yes);
  CHECK(moved(repository, shop.first, shop.second) == Moved::yes);
  CHECK(!std::filesystem::exists(shop.lock()));
}

TEST_CASE("the reflog is kept in a bare repository") {
  const Shop shop;
  shop.git("", {"clone", "--quiet", "--bare", shop.path("shop"), shop.path("shop.git")});
  auto repository = opened(shop, "shop.git");
  CHECK(moved(repository, "", shop.first) == Moved::yes);
  CHECK(moved(repository, shop.first, shop.second) == Moved::yes);
  CHECK(shop.git("shop.git", {"log", "-g", "--format=%h %gs", "--abbrev=40", kRef}) ==
        shop.second + " a test\n" + shop.first + " a test");
}
