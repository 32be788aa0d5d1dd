// SPDX-License-Identifier: MIT
// Link steps on targets.
#include <doctest/doctest.h>
#include <signal.h>

#include <filesystem>
#include <set>

#include "tests/program/site.hpp"

namespace {

namespace fs = std::filesystem;
using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;

const char* const kRelease = R"(
  [[environments.dev.steps]]
  name = "Make"
  run = "mkdir -p releases/$DAVIT_RELEASE_NUMBER releases/shared; echo $DAVIT_RELEASE_NUMBER >releases/$DAVIT_RELEASE_NUMBER/n"
  [[environments.dev.steps]]
  name = "Switch"
  link = "current"
  to = "releases/{release}"
  keep = 2
)";

// What is beside the releases of a host, in the order of their names.
std::string releases(const Site& site, int host) {
  std::set<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(site.fleet.home(host) + "/releases", error))
    names.insert(entry.path().filename().string());
  std::string out = " ";
  for (const auto& name : names) out += name + " ";
  return out;
}

TEST_CASE("a link is switched on every target, and old releases are cleared away") {
  Site site(2, on_targets(kRelease));
  for (int release = 1; release <= 4; ++release) {
    if (release > 1) site.told.davit({"create"});
    const Spoken run = site.told.davit({"run", "--verbose"});
    CHECK_MESSAGE(run.status == 0, run.err);
  }
  for (int host = 1; host <= 2; ++host) {
    CHECK(site.fleet.read(host, "current/n") == "4\n");
    CHECK(fs::read_symlink(site.fleet.home(host) + "/current") ==
          site.fleet.home(host) + "/releases/4");
    CHECK(releases(site, host) == " 3 4 shared ");
  }
  const auto log = site.told.davit({"log", "web/4", "dev"});
  CHECK(says(log, "releases/4, and led to "));
  CHECK(says(log, "cleared away 2"));
}

TEST_CASE("the release that was live before stays, however old it is") {
  Site site(1, on_targets(kRelease));
  for (int release = 1; release <= 3; ++release) {
    if (release > 1) site.told.davit({"create"});
    CHECK(site.told.davit({"run"}).status == 0);
  }
  // The live one goes back to the oldest, the next one keeps it as its predecessor.
  fs::remove(site.fleet.home(1) + "/current");
  fs::create_directory(site.fleet.home(1) + "/releases/1");
  fs::create_symlink("releases/1", site.fleet.home(1) + "/current");
  for (const char* made : {"11", "12"})
    fs::create_directory(site.fleet.home(1) + "/releases/" + made);
  site.told.davit({"create"});
  CHECK(site.told.davit({"run"}).status == 0);
  const auto left = releases(site, 1);
  CHECK(left.find(" 1 ") != std::string::npos);
  CHECK(left.find(" 4 ") != std::string::npos);
  CHECK(left.find(" 2 ") == std::string::npos);
  // Done again, it knows its predecessor still.
  CHECK(site.told.davit({"redeploy", "web/4", "dev"}).status == 0);
  CHECK(releases(site, 1) == left);
}

TEST_CASE("what is no link is left as it is, and so is a link to nothing") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Switch"
  link = "current"
  to = "releases/{release}"
)"));
  const Spoken nothing = site.told.davit({"run"});
  CHECK(nothing.status == 1);
  CHECK(says(nothing, "Switch on 127.0.1.1: there is no releases/1; current is left as it is"));
  CHECK_FALSE(fs::exists(site.fleet.home(1) + "/current"));
  fs::create_directories(site.fleet.home(1) + "/releases/1");
  fs::create_directory(site.fleet.home(1) + "/current");
  const Spoken folder = site.told.davit({"retry", "web/1", "dev"});
  CHECK(folder.status == 1);
  CHECK(says(folder, "current is not a symlink, and is left as it is"));
  CHECK(fs::is_empty(site.fleet.home(1) + "/current"));
}

TEST_CASE("names are data, whatever is in them") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Make"
  run = '''
mkdir -p -- "-odd/it's
 \"\$(id)\" 1" "-odd/it's
 \"\$(id)\" 2"
'''
  [[environments.dev.steps]]
  name = "Switch"
  link = "-n 'links\n/to \"it\""
  to = "-odd/it's\n \"$(id)\" 2"
  keep = 1
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  const auto link = site.fleet.home(1) + "/-n 'links\n/to \"it\"";
  CHECK(fs::read_symlink(link) == site.fleet.home(1) + "/-odd/it's\n \"$(id)\" 2");
  CHECK(fs::is_directory(link));
  CHECK_FALSE(fs::exists(site.fleet.home(1) + "/-odd/it's\n \"$(id)\" 1"));
}

TEST_CASE("a link is switched once more where nobody knows whether it was") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Make"
  run = "mkdir -p releases/1; mkfifo gate"
  [[environments.dev.steps]]
  name = "Switch"
  link = "current"
  to = "releases/{release}"
  [[environments.dev.steps]]
  name = "Last"
  run = "echo last >>did"
)"));
  // `ln` there waits until somebody opens the gate.
  site.fleet.program("ln", "echo at it >>~/did\ncat ~/gate >/dev/null\nexec /bin/ln \"$@\"\n");
  SUBCASE("davit is killed") {
    auto running = site.told.start_davit({"run"});
    site.wait_for(1, "did", "at it");
    running.kill(SIGKILL);
    running.wait();
    site.fleet.cut();
    site.fleet.program("ln", "exec /bin/ln \"$@\"\n");
    const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
    CHECK_MESSAGE(resumed.status == 0, resumed.err);
  }
  SUBCASE("the connection is cut") {
    auto running = site.told.start_davit({"run"});
    site.wait_for(1, "did", "at it");
    site.fleet.program("ln", "exec /bin/ln \"$@\"\n");
    site.fleet.cut();
    const Spoken run = running.wait();
    CHECK_MESSAGE(run.status == 0, run.err);
  }
  const auto leads_to = [&] { return fs::read_symlink(site.fleet.home(1) + "/current"); };
  CHECK(leads_to() == site.fleet.home(1) + "/releases/1");
  CHECK(site.fleet.read(1, "did") == "at it\nlast\n");
  site.fleet.write(1, "gate", "go on");
  CHECK(leads_to() == site.fleet.home(1) + "/releases/1");
}

TEST_CASE("a later deployment's number keeps an older runner from switching its link") {
  Site site(1, on_targets(kRelease));
  CHECK(site.told.davit({"run"}).status == 0);
  fs::create_directories(site.fleet.home(1) + "/" + site.kept("fences/web/dev/1000"));
  site.told.davit({"create"});
  CHECK(says(site.told.davit({"run"}), "a later deployment (lease 1000) has been here"));
  CHECK(site.fleet.read(1, "current/n") == "1\n");
}

}  // namespace
