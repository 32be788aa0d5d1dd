// SPDX-License-Identifier: MIT
// What stays on targets: receipts, runs, who may look into it. Real sshd, real OpenSSH client.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;

namespace fs = std::filesystem;

const char* const kState = ".local/state/davit";

const char* const kOneTwo = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did"
  [[environments.dev.steps]]
  name = "Two"
  run = "test ! -e bad && echo two >>did"
)";

std::string state(const Site& site, int host, const std::string& file = "") {
  return site.fleet.home(host) + "/" + kState + file;
}

std::string receipt(Site& site, int host) {
  const auto text = site.fleet.read(host, site.kept("receipts/web/dev/" + site.fleet.name(host)));
  return text.substr(0, text.find(' ', text.find(' ', text.find(' ') + 1) + 1));
}

unsigned folder_mode(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

TEST_CASE("a target remembers what it has done, and what it has only begun") {
  Site site(3, on_targets(kOneTwo, "rollout = { batches = [\"2\"] }\n"));
  CHECK(site.told.davit({"run"}).status == 0);
  for (int host = 1; host <= 3; ++host) CHECK(receipt(site, host) == "done web/1/dev/1 1");
  site.told.davit({"create"});
  site.fleet.write(2, "bad", "");
  CHECK(site.told.davit({"run"}).status == 1);
  CHECK(receipt(site, 1) == "done web/2/dev/1 2");
  CHECK(receipt(site, 2) == "began web/2/dev/1 2");
  CHECK(receipt(site, 3) == "done web/1/dev/1 1");
}

TEST_CASE("davit is killed before a target has its receipt: resume sees to it") {
  Site site(2, on_targets(kOneTwo + std::string(R"(
  [[environments.dev.steps]]
  run = "echo here >> $DID; while test -e $WAIT; do sleep 0.05; done"
  on = "local"
)")));
  const auto wait = site.told.path("../wait");
  site.told.set("WAIT", wait);
  site.told.write("../wait", "");
  {
    auto running = site.told.start_davit({"run"});
    site.told.wait_for("here");
    running.kill(SIGKILL);
    running.wait();
  }
  fs::remove(site.fleet.home(2) + "/" + site.kept("receipts/web/dev/127.0.1.2"));
  fs::remove(wait);
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 0, resumed.err);
  for (int host = 1; host <= 2; ++host) CHECK(receipt(site, host) == "done web/1/dev/1 2");
}

TEST_CASE("where a receipt can't be written, nothing begins") {
  Site site(1, on_targets(kOneTwo));
  fs::create_directories(state(site, 1));
  fs::create_directories(site.fleet.home(1) + "/" + site.kept(""));
  site.fleet.write(1, site.kept("receipts"), "a file");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "can't write to " + state(site, 1)));
  CHECK(site.fleet.read(1, "did").empty());
}

TEST_CASE("of twelve deployments the last ten stay on a target") {
  Site site(1, on_targets(kOneTwo));
  CHECK(site.told.davit({"run"}).status == 0);
  for (int i = 0; i < 11; ++i)
    CHECK(site.told.davit({"redeploy", "web/1", "dev", "--yes"}).status == 0);
  const auto runs = site.fleet.home(1) + "/" + site.kept("runs/web/1/dev");
  // What is outdated is cleared away while the steps run.
  for (int look = 0; look < 500 && fs::exists(runs + "/2"); ++look) ::usleep(10000);
  CHECK(std::distance(fs::directory_iterator(runs), {}) == 10);
  CHECK_FALSE(fs::exists(runs + "/1"));
  CHECK_FALSE(fs::exists(runs + "/2"));
  CHECK(fs::exists(runs + "/12"));
  CHECK(std::distance(
            fs::directory_iterator(site.fleet.home(1) + "/" + site.kept("fences/web/dev")), {}) ==
        1);
}

// Brings the artifact to a folder of its name and leads a link of that name there.
std::string bringing(const std::string& artifact) {
  return on_targets("  [[environments.dev.steps]]\n  upload = \"" + artifact + "\"\n  to = \"" +
                    artifact + "-1\"\n  [[environments.dev.steps]]\n  link = \"" + artifact +
                    "\"\n  to = \"" + artifact + "-1\"\n  [[environments.dev.steps]]\n" +
                    "  run = \"true\"\n[artifacts." + artifact + "]\nfile = \"app.bin\"\n");
}

TEST_CASE("what uploads and links need goes when ten deployments did without") {
  Site site(1, bringing("old"));
  site.told.write("app.bin", "app");
  site.told.davit({"create"});
  REQUIRE(site.told.davit({"run"}).status == 0);
  site.told.write(".davit/definitions/web.toml", bringing("new"));
  site.told.commit("another name");
  site.told.davit({"create"});
  REQUIRE(site.told.davit({"run"}).status == 0);
  const auto count = [&](const std::string& kept) { return site.count_in(1, site.kept(kept)); };
  for (const char* kept : {"uploads/web/dev", "links/web/dev"}) CHECK(count(kept) == 2);
  for (int i = 0; i < 9; ++i)
    REQUIRE(site.told.davit({"redeploy", "web/2", "dev", "--yes"}).status == 0);
  for (const char* kept : {"uploads/web/dev", "links/web/dev"}) {
    for (int look = 0; look < 500 && count(kept) > 1; ++look) ::usleep(10000);
    CHECK(count(kept) == 1);
  }
  // What was begun first did not keep the runs from going.
  REQUIRE(site.told.davit({"redeploy", "web/2", "dev", "--yes"}).status == 0);
  REQUIRE(site.told.davit({"redeploy", "web/2", "dev", "--yes"}).status == 0);
  for (int look = 0; look < 500 && count("runs/web/2/dev") > 10; ++look) ::usleep(10000);
  CHECK(count("runs/web/2/dev") == 10);
  CHECK(count("links/web/dev") == 1);
}

TEST_CASE("what nobody has taken note of stays, however old") {
  Site site(1, on_targets(kOneTwo));
  const auto old = site.fleet.home(1) + "/" + site.kept("runs/web/1/dev/99");
  fs::create_directories(old + "/0.1@127.0.1.1");
  site.fleet.write(1, site.kept("runs/web/1/dev/99/0.1@127.0.1.1/script"), "true");
  CHECK(site.told.davit({"run"}).status == 0);
  for (int i = 0; i < 11; ++i)
    CHECK(site.told.davit({"redeploy", "web/1", "dev", "--yes"}).status == 0);
  CHECK(fs::exists(old));
}

TEST_CASE("a state folder that others may look into is closed to them") {
  Site site(1, on_targets(kOneTwo));
  fs::create_directories(state(site, 1));
  REQUIRE(::chmod(state(site, 1).c_str(), 0755) == 0);
  CHECK(site.told.davit({"run"}).status == 0);
  for (const char* folder : {"", "/runs", "/fences", "/receipts"})
    CHECK(folder_mode(site.fleet.home(1) + "/" + site.kept(folder)) == 0700);
  CHECK(folder_mode(state(site, 1)) == 0700);
}

TEST_CASE("a state folder behind a symbolic link, or of somebody else, is refused") {
  Site site(2, on_targets(kOneTwo, "rollout = { max_failures = \"100%\" }\n"));
  fs::create_directories(site.fleet.home(1) + "/.local/state/elsewhere");
  fs::create_directory_symlink("elsewhere", state(site, 1));
  const bool root = ::geteuid() == 0;  // nobody else can make one that is somebody else's
  fs::create_directories(state(site, 2));
  if (root) REQUIRE(::chown(state(site, 2).c_str(), 12345, 12345) == 0);
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == (root ? 1 : 5));
  CHECK(says(run, state(site, 1) + " is a symbolic link"));
  CHECK(site.fleet.read(1, "did").empty());
  if (root) CHECK(says(run, state(site, 2) + " belongs to somebody else"));
  if (root) CHECK(site.fleet.read(2, "did").empty());
}

TEST_CASE(
    "a target that was rebooted in the middle is uncertain, and begun again only with a yes") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Migrate"
  run = "echo $$ >pid; echo begun >>did; test -e ../wait && sleep 600; echo ended >>did"
)"));
  site.fleet.write(1, "../wait", "");
  site.kill_when({"run"}, 1, "did", "begun");
  // All that ran there is gone, and it is another boot.
  const auto tried = site.kept("runs/web/1/dev/1/0.1@127.0.1.1/");
  const auto supervisor = site.fleet.read(1, tried + "supervisor");
  for (const auto& pid : {supervisor.substr(0, supervisor.find(' ')), site.fleet.read(1, "pid")})
    ::kill(std::stoi(pid), SIGKILL);
  site.fleet.cut();
  site.fleet.write(1, tried + "supervisor",
                   supervisor.substr(0, supervisor.rfind(' ') + 1) + "another-boot\n");
  fs::remove(site.fleet.home(1) + "/../wait");
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 8, resumed.err);
  CHECK(says(resumed, "nobody can tell how it ended"));
  CHECK(site.told.davit({"resume", "web/1", "dev"}).status == 8);
  CHECK(site.fleet.read(1, "did") == "begun\n");
  const Spoken again = site.told.davit({"resume", "web/1", "dev", "--yes"});
  CHECK_MESSAGE(again.status == 0, again.err);
  CHECK(site.fleet.read(1, "did") == "begun\nbegun\nended\n");
}

}  // namespace
