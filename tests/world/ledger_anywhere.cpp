// SPDX-License-Identifier: MIT
// Ledgers in every kind of repository, and where there is no room or no right to write.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <iostream>

#include "tests/world/ledger_scratch.hpp"

using namespace davit;
using namespace davit::story;
using davit::tests::LedgerScratch;

namespace {

const Fact kLock = EnvironmentLocked{"production", "", {}};

// Whether it holds in a process of its own, whose limits and rights are not ours.
bool elsewhere(const std::function<bool()>& holds) {
  const pid_t child = fork();
  if (child == 0) _exit(holds() ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool refuses(const LedgerScratch& scratch, const std::string& repository, const std::string& why) {
  const auto after = scratch.append({kLock}, repository);
  if (!after && after.error().message.find(why) != std::string::npos) return true;
  std::cerr << (after ? "it was written" : after.error().message) << '\n';
  return false;
}

// As it is on the disk: the ledger's head, and git's opinion.
void is_as_it_was(const LedgerScratch& scratch, const std::string& repository,
                  const std::string& head) {
  CHECK(scratch.git(repository, {"rev-parse", LedgerScratch::kRef}) == head);
  scratch.git(repository, {"fsck", "--strict", "--no-dangling"});
  CHECK(scratch.append({kLock}, repository).has_value());
}

}  // namespace

TEST_CASE("linked worktrees write one ledger") {
  const LedgerScratch scratch;
  scratch.releases(1);
  scratch.git("shop", {"worktree", "add", "--quiet", scratch.path("other")});
  CHECK(scratch.append({kLock}, "other")->sequence == 3);
  CHECK(scratch.told({EnvironmentUnlocked{"production", ""}}).sequence == 4);
  CHECK(scratch.broken().empty());
}

TEST_CASE("a bare repository has ledgers") {
  const LedgerScratch scratch;
  scratch.git("", {"init", "--quiet", "--bare", scratch.path("bare.git")});
  CHECK(scratch.append({cut(1)}, "bare.git").has_value());
  CHECK(scratch.append({kLock}, "bare.git")->sequence == 3);
  CHECK(scratch.open("bare.git").ledger.verify()->holds());
}

TEST_CASE("a clone of depth 1 appends") {
  const LedgerScratch scratch;
  scratch.git("shop", {"commit", "--quiet", "--allow-empty", "-m", "second"});
  scratch.releases(1);
  scratch.git("", {"clone", "--quiet", "--depth=1", "file://" + scratch.path("shop"),
                   scratch.path("clone")});
  scratch.git("clone", {"fetch", "--quiet", "origin", "refs/davit/*:refs/davit/*"});
  CHECK(scratch.append({kLock}, "clone")->sequence == 3);
  CHECK(scratch.open("clone").ledger.verify()->holds());
}

TEST_CASE("nothing of the user's is touched") {
  const LedgerScratch scratch;
  const auto look = [&] {
    return scratch.git("shop", {"status", "--porcelain"}) + scratch.read("shop/.git/config") +
           scratch.read("shop/.git/HEAD") +
           scratch.git("shop", {"for-each-ref", "refs/heads", "refs/tags"}) +
           scratch.read("shop/.git/index");
  };
  const auto before = look();
  scratch.releases(2);
  CHECK(look() == before);
}

TEST_CASE("inside a quarantine nothing is recorded") {
  const LedgerScratch scratch;
  scratch.releases(1);
  std::filesystem::create_directories(scratch.path("quarantine"));
  setenv("GIT_OBJECT_DIRECTORY", scratch.path("quarantine").c_str(), 1);
  setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", scratch.path("shop/.git/objects").c_str(), 1);
  CHECK(refuses(scratch, "shop", "nothing can be recorded inside a pre-receive or update hook"));
  unsetenv("GIT_OBJECT_DIRECTORY");
  unsetenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
}

TEST_CASE("a ledger is kept while git packs and collects") {
  const LedgerScratch scratch;
  scratch.releases(5);
  scratch.git("shop", {"pack-refs", "--all"});
  scratch.git("shop", {"gc", "--quiet", "--prune=now"});
  scratch.releases(1);
  CHECK(scratch.open().ledger.whole()->releases.size() == 6);
  CHECK(scratch.broken().empty());
}

TEST_CASE("a lock that somebody left is named with its age, and left to people") {
  const LedgerScratch scratch;
  scratch.releases(1);
  const auto lock = std::string("shop/.git/") + LedgerScratch::kRef + ".lock";
  scratch.write(lock, "");
  const timeval long_ago[2] = {{1700000000, 0}, {1700000000, 0}};
  REQUIRE(utimes(scratch.path(lock).c_str(), long_ago) == 0);
  const auto error = scratch.append({kLock}).error();
  CHECK(error.message.find("the ledger of web has been locked for ") == 0);
  CHECK(error.hint == "if no git and no davit is at work here: rm " + scratch.path(lock));
  CHECK(error.failure == Failure::busy);
  std::filesystem::remove(scratch.path(lock));
  CHECK(scratch.append({kLock}).has_value());
}

TEST_CASE("where files may not grow nothing is recorded, and it is said") {
  const LedgerScratch scratch;
  scratch.releases(1);
  const auto head = scratch.head();
  CHECK(elsewhere([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit none{100, 100};
    setrlimit(RLIMIT_FSIZE, &none);
    return refuses(scratch, "shop", "can't write to the repository: ");
  }));
  is_as_it_was(scratch, "shop", head);
}

TEST_CASE("on a full disk nothing is recorded, and it is said") {
  const LedgerScratch scratch;
  std::filesystem::create_directories(scratch.path("disk"));
  if (mount("none", scratch.path("disk").c_str(), "tmpfs", 0, "size=2m") != 0) {
    MESSAGE("not tried: only root may make a small disk; the limit on files stands in for it");
    return;
  }
  scratch.repository("disk/shop");
  CHECK(scratch.append({cut(1)}, "disk/shop").has_value());
  const auto head = scratch.git("disk/shop", {"rev-parse", LedgerScratch::kRef});
  // Full up to the last page.
  const auto file = scratch.path("disk/full");
  CHECK(elsewhere(
      [&] { return std::system(("cat /dev/zero > " + file + " 2> /dev/null").c_str()) != 0; }));
  CHECK(refuses(scratch, "disk/shop", "no space left on device"));
  std::filesystem::remove(file);
  is_as_it_was(scratch, "disk/shop", head);
  umount(scratch.path("disk").c_str());
}

TEST_CASE("in a repository that may only be read, looking works and writing is refused") {
  const LedgerScratch scratch;
  scratch.releases(2);
  scratch.forget();
  const auto head = scratch.head();
  scratch.write("trusting", "[safe]\n\tdirectory = *\n");
  std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));
  const bool root = geteuid() == 0;
  if (!root) REQUIRE(run({{"chmod", "-R", "a-w", scratch.path("shop/.git")}}).has_value());
  CHECK(elsewhere([&] {
    setenv("GIT_CONFIG_GLOBAL", scratch.path("trusting").c_str(), 1);
    // Root may write anywhere; nobody owns nothing here.
    if (root && (setgid(65534) != 0 || setuid(65534) != 0)) return false;
    return scratch.open().ledger.whole()->releases.size() == 2 &&
           refuses(scratch, "shop", "ermission denied");
  }));
  if (!root) REQUIRE(run({{"chmod", "-R", "u+w", scratch.path("shop/.git")}}).has_value());
  is_as_it_was(scratch, "shop", head);
}
