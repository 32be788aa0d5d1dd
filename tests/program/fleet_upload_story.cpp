// SPDX-License-Identifier: MIT
// Uploads of files to targets.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/program/site.hpp"

namespace {

namespace fs = std::filesystem;
using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;

std::string uploading(const std::string& to, const std::string& more = "") {
  return on_targets(
      "  [[environments.dev.steps]]\n  name = \"Bring\"\n  upload = \"app\"\n  to = \"" + to +
      "\"\n" + more + "[artifacts.app]\nfile = \"app.bin\"\n");
}

// So many bytes that no two pieces of are alike.
std::string many_bytes(std::size_t size, unsigned seed = 1) {
  std::string out;
  while (out.size() < size) {
    seed = seed * 1664525 + 1013904223;
    out += static_cast<char>(seed >> 24);
  }
  return out;
}

void cut_release(Site& site, const std::string& bytes) {
  site.told.write("app.bin", bytes);
  const Spoken created = site.told.davit({"create"});
  REQUIRE_MESSAGE(created.status == 0, created.err);
}

// `head` of the hosts takes so much of the first upload, says so, and waits until it is cut off.
void stall_after(const Site& site, const std::string& bytes) {
  site.fleet.program("head",
                     "[ ! -e ~/once ] || exec /usr/bin/head \"$@\"\ntouch ~/once\n"
                     "/usr/bin/head -c " +
                         bytes + "\necho came >>~/did\nexec sleep 600\n");
}

TEST_CASE("a file is put on every target, and not sent where it is") {
  Site site(3, uploading("bin/app"));
  const auto bytes = many_bytes(3000000);
  cut_release(site, bytes);
  fs::create_directory(site.fleet.home(2) + "/bin");
  site.fleet.write(2, "bin/app", "an old one");
  site.fleet.write(3, "bin", "in the way");
  fs::remove(site.fleet.home(3) + "/bin");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  for (int host = 1; host <= 3; ++host) {
    CHECK(site.fleet.read(host, "bin/app") == bytes);
    CHECK(site.count_in(host, "bin") == 1);
    struct stat status {};
    REQUIRE(::stat((site.fleet.home(host) + "/bin/app").c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0644);
  }
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "sent 3.0 MB of 3.0 MB"));
  CHECK(site.told.davit({"redeploy", "web/1", "dev"}).status == 0);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "it is there already"));
}

TEST_CASE("an empty file and a name that is all quotes") {
  Site site(1, uploading("-n $(id)/it's \\\"so\\\"\\nhere"));
  cut_release(site, "");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(fs::is_empty(site.fleet.home(1) + "/-n $(id)/it's \"so\"\nhere"));
}

TEST_CASE("what is in the way of an upload is left as it is") {
  Site site(2, uploading("app"));
  cut_release(site, "one");
  site.fleet.write(1, "precious", "precious");
  fs::create_symlink("precious", site.fleet.home(1) + "/app");
  fs::create_directory(site.fleet.home(2) + "/app");
  const Spoken run = site.told.davit({"run", "--verbose"});
  CHECK(run.status == 1);
  CHECK(says(run, "app is a symlink, which an upload does not replace"));
  CHECK(says(run, "app is a folder, and the artifact is a file"));
  CHECK(site.fleet.read(1, "precious") == "precious");
  CHECK(fs::is_symlink(site.fleet.home(1) + "/app"));
  CHECK(site.count_in(2, "app") == 0);
}

TEST_CASE("the connection is cut in the middle of a file: the rest is sent") {
  Site site(1, uploading("app"));
  const auto bytes = many_bytes(5000000);
  cut_release(site, bytes);
  stall_after(site, "2000000");
  auto running = site.told.start_davit({"run"});
  site.wait_for(1, "did", "came");
  site.fleet.cut();
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "app") == bytes);
}

TEST_CASE("davit is killed in the middle of a file: resume sends the rest") {
  Site site(1, uploading("bin/app"));
  const auto bytes = many_bytes(5000000);
  cut_release(site, bytes);
  stall_after(site, "2000000");
  site.kill_when({"run"}, 1, "did", "came");
  SUBCASE("to what came") {
    const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
    CHECK_MESSAGE(resumed.status == 0, resumed.err);
    CHECK(says(site.told.davit({"log", "web/1", "dev"}), "sent 3.0 MB of 5.0 MB"));
  }
  SUBCASE("and all of it where what came was damaged") {
    site.fleet.cut();
    for (const auto& entry : fs::directory_iterator(site.fleet.home(1) + "/bin"))
      site.fleet.write(1, "bin/" + entry.path().filename().string(), "damaged");
    const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
    CHECK_MESSAGE(resumed.status == 0, resumed.err);
  }
  CHECK(site.fleet.read(1, "bin/app") == bytes);
  CHECK(site.count_in(1, "bin") == 1);
}

TEST_CASE("what a dead upload of another release left is cleared away") {
  Site site(1, uploading("bin/app"));
  cut_release(site, many_bytes(5000000));
  stall_after(site, "2000000");
  site.kill_when({"run"}, 1, "did", "came");
  CHECK(site.told.davit({"cancel", "web/1", "dev", "-y"}).status == 0);
  cut_release(site, "the next one");
  const Spoken run = site.told.davit({"deploy", "web/2", "dev", "-y"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "bin/app") == "the next one");
  CHECK(site.count_in(1, "bin") == 1);
}

TEST_CASE("a disk that is full leaves what was there, and nothing else") {
  Site site(1, uploading("bin/app"));
  cut_release(site, many_bytes(5000000));
  fs::create_directory(site.fleet.home(1) + "/bin");
  site.fleet.write(1, "bin/app", "the old one");
  site.fleet.shell("trap '' XFSZ; ulimit -f 2000; exec sh");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "it could not be taken in: "));
  CHECK(says(run, "File too large"));
  CHECK(site.fleet.read(1, "bin/app") == "the old one");
  CHECK(site.count_in(1, "bin") == 1);
}

TEST_CASE("an upload that takes too long is ended, and tried again") {
  Site site(1, uploading("app", "  timeout = \"2s\"\n  retries = 1\n  every = \"10ms\"\n"));
  const auto bytes = many_bytes(1000000);
  cut_release(site, bytes);
  stall_after(site, "1000");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "took too long and was ended"));
  CHECK(site.fleet.read(1, "app") == bytes);
}

TEST_CASE("a later deployment's number keeps an older runner's file away") {
  Site site(1, uploading("app"));
  cut_release(site, "one");
  fs::create_directories(site.fleet.home(1) + "/" + site.kept("fences/web/dev/1000"));
  CHECK(says(site.told.davit({"run"}), "a later deployment (lease 1000) has been here"));
  CHECK(site.count_in(1, "") == 1);
}

TEST_CASE("a later deployment comes while an older runner's file is on its way") {
  Site site(1, uploading("app"));
  cut_release(site, "one");
  site.fleet.program("sync", "mkdir -p ~/" + site.kept("fences/web/dev/1000") + "\n");
  CHECK(says(site.told.davit({"run"}), "a later deployment (lease 1000) has been here"));
  CHECK_FALSE(fs::exists(site.fleet.home(1) + "/app"));
}

}  // namespace
