// SPDX-License-Identifier: MIT
// Many at once, git's housekeeping beside them, and kill -9 at any moment.
//
// DAVIT_ROUNDS says how often (10).
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <iostream>
#include <random>
#include <set>
#include <thread>

#include "core/process/descriptor.hpp"
#include "tests/world/ledger_scratch.hpp"

using namespace davit;
using davit::tests::append_release;
using davit::tests::LedgerScratch;

namespace {

pid_t beside_us(const std::function<bool()>& work) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) _exit(work() ? 0 : 1);
  return child;
}

bool ended_well(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool appends(const LedgerScratch& scratch, const std::string& who, int times) {
  auto here = scratch.open();
  for (int i = 0; i < times; ++i) {
    const auto after = append_release(here.ledger, system_clock(), who + std::to_string(i), false);
    if (!after) {
      std::cerr << after.error().message << '\n';
      return false;
    }
  }
  return true;
}

int rounds() {
  const char* asked = getenv("DAVIT_ROUNDS");
  return asked != nullptr ? std::max(1, atoi(asked)) : 10;
}

// Appends for ever and tells of each that is done by a byte.
[[noreturn]] void append_until_killed(const LedgerScratch& scratch, const Descriptor& told) {
  auto here = scratch.open();
  for (;;) {
    if (!append_release(here.ledger, system_clock(), "", true)) _exit(1);
    if (write(told.number(), ".", 1) != 1) _exit(1);
  }
}

// How many a process could finish before it was killed, at a random moment behind its first.
int killed_while_appending(const LedgerScratch& scratch, std::mt19937& random) {
  auto pipe = make_pipe();
  REQUIRE(pipe.has_value());
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) append_until_killed(scratch, pipe->write);
  pipe->write.close();
  std::string done;
  read_some(pipe->read, done);
  std::this_thread::sleep_for(
      std::chrono::microseconds(std::uniform_int_distribution<int>(0, 40'000)(random)));
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  while (read_some(pipe->read, done) == Flow::going) {
  }
  return static_cast<int>(done.size());
}

}  // namespace

TEST_CASE("several davits and git's housekeeping at once lose nothing and double nothing") {
  constexpr int kProcesses = 4, kTimes = 12;
  const LedgerScratch scratch;
  std::vector<pid_t> writers;
  for (int i = 0; i < kProcesses; ++i)
    writers.push_back(beside_us(
        [&] { return appends(scratch, std::string(1, static_cast<char>('a' + i)), kTimes); }));
  const pid_t keeper = beside_us([&] {
    while (!std::filesystem::exists(scratch.path("enough"))) {
      scratch.git("shop", {"pack-refs", "--all"});
      scratch.git("shop", {"gc", "--quiet"});
    }
    return true;
  });
  for (const pid_t writer : writers) CHECK(ended_well(writer));
  scratch.write("enough", "");
  CHECK(ended_well(keeper));
  auto shop = scratch.open();
  const auto whole = shop.ledger.whole().value();
  CHECK(whole.last_release.value == kProcesses * kTimes);
  std::set<std::string> notes;
  for (const auto& [number, release] : whole.releases) notes.insert(release.note);
  CHECK(notes.size() == kProcesses * kTimes);
  CHECK(scratch.broken().empty());
  scratch.git("shop", {"fsck", "--strict", "--no-dangling"});
}

TEST_CASE("a davit that is killed at any moment leaves the ledger whole") {
  const LedgerScratch scratch;
  std::mt19937 random{std::random_device{}()};
  int done = 0;
  for (int i = 0; i < rounds(); ++i) {
    done += killed_while_appending(scratch, random);
    const auto present = scratch.open().ledger.present();
    REQUIRE_MESSAGE(present.has_value(), present.error().message);
    REQUIRE(present->last_release.value >= done);  // what was told to be done is there
    done = present->last_release.value;
  }
  CHECK(scratch.broken().empty());
  CHECK(scratch.open().ledger.whole()->releases.size() == static_cast<std::size_t>(done));
  scratch.git("shop", {"fsck", "--strict", "--no-dangling"});
}
