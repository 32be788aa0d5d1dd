// SPDX-License-Identifier: MIT
// Targets whose disk is full: real ones, where the tests may make them.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/program/site.hpp"
#include "tests/program/small_disk.hpp"

namespace {

namespace fs = std::filesystem;
using program::on_targets;
using program::says;
using program::Site;
using program::SmallDisk;
using program::Spoken;

// Prints more than the disk holds, when there is a file `go`.
const char* const kTalks = R"(
  [[environments.dev.steps]]
  name = "Talk"
  run = "echo begun >>did; while [ ! -e go ]; do sleep 0.05; done; seq 1 50000 || { echo failed >>did; exit 3; }"
)";

const char* const kNoRoom = "No space left on device";

std::string state(const Site& site) { return site.fleet.home(1) + "/.local/state"; }

void put(const Site& site, const std::string& path, std::size_t bytes) {
  site.fleet.write(1, path, std::string(bytes, 'x'));
}

TEST_CASE("a step prints more than its target has room for: it says so, and is tried again") {
  if (!SmallDisk::can_be_made()) return;
  Site site(1, on_targets(kTalks));
  const SmallDisk disk(state(site), 96);
  site.fleet.write(1, "go", "");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 1, run.err);
  CHECK(says(run, std::string("exit status 3; its output could not be kept there: ") + kNoRoom));
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "| 1000\n"));
  disk.grow(4096);
  const Spoken again = site.told.davit({"retry", "web/1", "dev", "--yes"});
  CHECK_MESSAGE(again.status == 0, again.err);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "| 50000\n"));
}

TEST_CASE("the disk is full when a step ends, and nobody listens: resume is told how it ended") {
  if (!SmallDisk::can_be_made()) return;
  Site site(1, on_targets(kTalks));
  const SmallDisk disk(state(site), 96);
  site.kill_when({"run"}, 1, "did", "begun");
  site.fleet.write(1, "go", "");
  site.wait_for(1, "did", "failed");
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 1, resumed.err);
  CHECK(says(resumed, std::string("its output could not be kept there: ") + kNoRoom));
  CHECK(site.fleet.read(1, "did") == "begun\nfailed\n");
}

TEST_CASE("where there is no room to begin with, nothing begins") {
  if (!SmallDisk::can_be_made()) return;
  Site site(1, on_targets(kTalks));
  const SmallDisk disk(state(site), 32);
  put(site, ".local/state/full", 64u << 10);
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 1, run.err);
  CHECK(says(run, "can't write to " + state(site) + "/davit: " + kNoRoom));
  fs::remove(state(site) + "/full");
  disk.grow(4096);
  site.fleet.write(1, "go", "");
  CHECK(site.told.davit({"retry", "web/1", "dev", "--yes"}).status == 0);
  CHECK(site.fleet.read(1, "did") == "begun\n");
}

TEST_CASE("an upload that the disk has no room for leaves what was there, and goes on with room") {
  if (!SmallDisk::can_be_made()) return;
  const char* const kBring =
      "  [[environments.dev.steps]]\n  name = \"Bring\"\n  upload = \"app\"\n  to = \"bin/app\"\n";
  std::string steps = kBring, artifact = "[artifacts.app]\nfile = \"app.bin\"\n";
  SUBCASE("a file") {}
  SUBCASE("a tree") {
    steps += "  unpack = true\n";
    artifact = "[artifacts.app]\nfile = \"app.tar\"\n";
  }
  Site site(1, on_targets(steps + artifact));
  const auto release = [&](std::size_t size) {
    site.told.write("app.bin", std::string(size, 'x'));
    site.told.run({"tar", "-cf", "app.tar", "app.bin"});
    const Spoken created = site.told.davit({"create"});
    REQUIRE_MESSAGE(created.status == 0, created.err);
  };
  const SmallDisk disk(site.fleet.home(1) + "/bin", 400);
  release(1000);
  REQUIRE(site.told.davit({"run"}).status == 0);
  const auto file = artifact.find("tar") == std::string::npos ? "bin/app" : "bin/app/app.bin";
  REQUIRE(site.fleet.read(1, file).size() == 1000);
  release(700000);
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 1, run.err);
  CHECK(says(run, kNoRoom));
  CHECK(says(run, "nothing was put in place"));
  CHECK(site.fleet.read(1, file).size() == 1000);
  CHECK(site.count_in(1, "bin") == 1);
  disk.grow(4096);
  const Spoken again = site.told.davit({"retry", "web/2", "dev", "--yes"});
  CHECK_MESSAGE(again.status == 0, again.err);
  CHECK(site.fleet.read(1, file).size() == 700000);
  CHECK(site.count_in(1, "bin") == 1);
}

}  // namespace
