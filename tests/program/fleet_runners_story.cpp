// SPDX-License-Identifier: MIT
// Two runners at the same targets: the one with the older lease is refused there. Real sshd.
#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/program/site.hpp"

namespace {

namespace fs = std::filesystem;
using program::on_targets;
using program::Running;
using program::says;
using program::Site;
using program::Spoken;

const char* const kLater = "a later deployment (lease 2) has been here";

const char* const kOneTwo = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did; while test -e ../wait; do sleep 0.05; done"
  [[environments.dev.steps]]
  name = "Two"
  run = "echo two >>did"
)";

// A copy of the clone, whose davit knows what this one's knows now.
std::string copied(Site& site) {
  auto copy = site.told.path("../copy");
  fs::copy(site.told.top(), copy, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  return copy;
}

void must(Site& site, const std::string& copy, std::vector<std::string> words) {
  words.insert(words.begin(), {"-C", copy});
  const Spoken said = site.told.davit(words);
  REQUIRE_MESSAGE(said.status == 0, said.err);
}

TEST_CASE("an older lease is refused on every target, and its record says so") {
  Site site(2, on_targets(kOneTwo));
  const auto copy = copied(site);
  site.fleet.write(1, "../wait", "");
  auto older = site.told.start_davit({"run"});
  for (int host = 1; host <= 2; ++host) site.wait_for(host, "did", "one");
  // Somebody who has not heard of it deploys something else, twice: lease 2.
  older.kill(SIGSTOP);
  fs::remove(site.fleet.home(1) + "/../wait");
  must(site, copy, {"create", "web"});
  must(site, copy, {"deploy", "web/2", "dev"});
  must(site, copy, {"redeploy", "web/2", "dev", "--yes"});
  older.kill(SIGCONT);
  const Spoken run = older.wait();
  CHECK_MESSAGE(run.status == 1, run.err);
  for (int host = 1; host <= 2; ++host) {
    CHECK(says(run, "Two " + site.fleet.name(host)));
    CHECK(site.fleet.read(host, "did") == "one\none\ntwo\none\ntwo\n");
    const auto receipt = site.kept("receipts/web/dev/" + site.fleet.name(host));
    CHECK(site.fleet.read(host, receipt).find("done web/2/dev/2 2 ") == 0);
  }
  CHECK(says(site.told.davit({"history", "web", "--json"}), kLater));
}

// A davit that sees no process but its own, as one in a container does.
Running start_apart(Site& site, std::vector<std::string> words) {
  words = program::davit_command(words);
  words.insert(words.begin(), {"unshare", "--pid", "--fork", "--mount-proc"});
  return site.told.start(words);
}

void signal_child(Site& site, const Running& parent, const char* signal) {
  REQUIRE(site.told.run({"pkill", signal, "-P", std::to_string(parent.pid())}).status == 0);
}

TEST_CASE(
    "somebody goes on elsewhere: the one that began it is refused, and no step is run twice") {
  Site site(2, on_targets(kOneTwo));
  if (site.told.run({"unshare", "--pid", "--fork", "--mount-proc", "true"}).status != 0) return;
  site.fleet.write(1, "../wait", "");
  auto older = start_apart(site, {"run"});
  for (int host = 1; host <= 2; ++host) site.wait_for(host, "did", "one");
  signal_child(site, older, "-STOP");
  const auto copy = copied(site);
  fs::remove(site.fleet.home(1) + "/../wait");
  must(site, copy, {"resume", "web/1", "dev"});
  for (int host = 1; host <= 2; ++host) CHECK(site.fleet.read(host, "did") == "one\ntwo\n");
  signal_child(site, older, "-CONT");
  const Spoken run = older.wait();
  CHECK_MESSAGE(run.status == 1, run.err);
  CHECK(says(run, kLater));
  for (int host = 1; host <= 2; ++host) CHECK(site.fleet.read(host, "did") == "one\ntwo\n");
}

TEST_CASE("an older runner's upload is ended by a newer one's, and does not come back") {
  Site site(1, on_targets("  [[environments.dev.steps]]\n  upload = \"app\"\n  to = \"app\"\n"
                          "[artifacts.app]\nfile = \"app.bin\"\n"));
  const std::string older_bytes(3000000, 'o'), newer_bytes(3000000, 'n');
  site.told.write("app.bin", older_bytes);
  REQUIRE(site.told.davit({"create"}).status == 0);
  const auto copy = copied(site);
  site.fleet.program("head",
                     "[ ! -e ~/once ] || exec /usr/bin/head \"$@\"\ntouch ~/once\n"
                     "/usr/bin/head -c 1000000\necho $$ >~/took\nexec sleep 600\n");
  auto older = site.told.start_davit({"run"});
  site.wait_for(1, "took", "\n");
  older.kill(SIGSTOP);
  const auto taking = std::stoi(site.fleet.read(1, "took"));
  SUBCASE("of the same") { must(site, copy, {"deploy", "web/1", "dev"}); }
  SUBCASE("of another release") {
    site.told.write("../copy/app.bin", newer_bytes);
    must(site, copy, {"create", "web"});
    must(site, copy, {"deploy", "web/2", "dev"});
  }
  must(site, copy, {"redeploy", "web", "dev", "--yes"});
  for (int look = 0; look < 500 && ::kill(taking, 0) == 0; ++look)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(::kill(taking, 0) != 0);
  const auto there = site.fleet.read(1, "app");
  older.kill(SIGCONT);
  const Spoken run = older.wait();
  CHECK_MESSAGE(run.status == 1, run.err);
  CHECK(says(run, kLater));
  CHECK((there == older_bytes || there == newer_bytes));
  CHECK(site.fleet.read(1, "app") == there);
}

}  // namespace
