// SPDX-License-Identifier: MIT
// Uploads to Windows targets, as fleet_windows_story.cpp does steps.
#include <doctest/doctest.h>
#include <signal.h>

#include <filesystem>

#include "tests/program/windows.hpp"
#include "tests/world/tarball.hpp"

namespace {

namespace fs = std::filesystem;
using davit::Tarball;
using program::on_targets;
using program::says;
using program::Spoken;
using program::Windows;

std::string bringing(const std::string& to, const std::string& more = "") {
  return on_targets(
      "  [[environments.dev.steps]]\n  name = \"Bring\"\n  upload = \"app\"\n  to = \"" + to +
      "\"\n" + more + "[artifacts.app]\nfile = \"app.bin\"\n");
}

std::string bytes_of(std::size_t size) {
  std::string out;
  for (unsigned seed = 7; out.size() < size; seed = seed * 1664525 + 1013904223)
    out += static_cast<char>(seed >> 24);
  return out;
}

void cut_release(Windows& site, const std::string& bytes) {
  site.told.write("app.bin", bytes);
  const Spoken created = site.told.davit({"create"});
  REQUIRE_MESSAGE(created.status == 0, created.err);
}

std::size_t count_in(const Windows& site, const std::string& folder) {
  std::error_code error;
  const fs::directory_iterator all(site.fleet.home(1) + "/" + folder, error);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST_CASE("a file is put on a Windows target, and not sent where it is") {
  Windows site(1, bringing("My Shop\\\\it's ‘{release}’\\\\app.exe"));
  const auto bytes = bytes_of(3000000);
  cut_release(site, bytes);
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "My Shop/it's ‘1’/app.exe") == bytes);
  CHECK(count_in(site, "My Shop/it's ‘1’") == 1);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "sent 3.0 MB of 3.0 MB"));
  CHECK(site.told.davit({"redeploy", "web/1", "dev"}).status == 0);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "it is there already"));
}

TEST_CASE("what uploads need on Windows goes when ten deployments did without") {
  Windows site(1, bringing("app.exe"));
  cut_release(site, "one");
  REQUIRE(site.told.davit({"run"}).status == 0);
  auto other = bringing("other.exe");
  for (const char* name : {"\"app\"", "artifacts.app"}) {
    const std::string was = name;
    other.replace(other.find(was), was.size(),
                  was.front() == '"' ? "\"other\"" : "artifacts.other");
  }
  site.told.write(".davit/definitions/web.toml", other);
  site.told.commit("another artifact");
  cut_release(site, "two");
  const Spoken second = site.told.davit({"run"});
  REQUIRE_MESSAGE(second.status == 0, second.err);
  const auto uploads = site.kept("uploads/web/dev");
  CHECK(count_in(site, uploads) == 2);
  for (int i = 0; i < 9; ++i)
    REQUIRE(site.told.davit({"redeploy", "web/2", "dev", "--yes"}).status == 0);
  CHECK(count_in(site, uploads) == 1);
}

TEST_CASE("what stood in a file's place on Windows is replaced, and verified") {
  Windows site(1, bringing("D:\\\\srv/app.exe"));
  cut_release(site, "one");
  CHECK(site.told.davit({"run"}).status == 0);
  cut_release(site, "another");
  CHECK(site.told.davit({"run"}).status == 0);
  CHECK(site.fleet.read(1, "drives/d/srv/app.exe") == "another");
  CHECK(site.told.davit({"status", "--verify"}).status == 0);
  site.fleet.write(1, "drives/d/srv/app.exe", "mended by hand");
  const Spoken verified = site.told.davit({"status", "--verify"});
  CHECK(verified.status == 1);
  CHECK_MESSAGE(says(verified, "app.exe"), verified.out);
}

TEST_CASE("the way is cut in the middle of a file for Windows: the rest is sent") {
  Windows site(1, bringing("app.exe"));
  const auto bytes = bytes_of(5000000);
  cut_release(site, bytes);
  site.fleet.write(1, "stall", "2000000");
  auto running = site.told.start_davit({"run"});
  site.wait_for(1, "did", "came");
  site.fleet.cut();
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "app.exe") == bytes);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "of 5.0 MB"));
}

TEST_CASE("what came damaged to Windows is sent once more, from the beginning") {
  Windows site(1, bringing("app.exe"));
  const auto bytes = bytes_of(100000);
  cut_release(site, bytes);
  site.fleet.write(1, "spoil", "");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "app.exe") == bytes);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "sent 0.2 MB of 0.1 MB"));
}

TEST_CASE("a session that ends whenever it is asked for something is not asked for ever") {
  Windows site(1, bringing("app.exe"));
  cut_release(site, "one");
  site.fleet.write(1, "dying", "");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK_MESSAGE(says(run, "connection lost"), run.err);
}

TEST_CASE("what is in the way of a file on Windows is left as it is") {
  Windows site(1, bringing("App"));
  cut_release(site, "one");
  fs::create_directory(site.fleet.home(1) + "/app");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "App is a folder, and the artifact is a file"));
  CHECK(count_in(site, "app") == 0);
}

TEST_CASE("a path that Windows has not fails its step alone") {
  Windows site(1, bringing("a:b?.exe"));
  cut_release(site, "one");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "Bring on 127.0.1.1: The given path's format is not supported"));
}

std::string unpacking(const std::string& to) {
  auto definition = bringing(to, "  unpack = true\n");
  return definition.replace(definition.find("app.bin"), 7, "app.tar");
}

void release_tree(Windows& site, const Tarball& tar) {
  site.told.write("app.tar", tar.bytes());
  const Spoken created = site.told.davit({"create"});
  REQUIRE_MESSAGE(created.status == 0, created.err);
}

Tarball tree_with(const std::string& text) {
  Tarball tar;
  tar.folder("app/").folder("app/empty").file("app/text", text).file("app/nothing", "");
  tar.file("app/big.dll", bytes_of(300000)).file("app/it's (so) ‘ü’", "quotes");
  return tar.file("app/deep/down/-here", "deep");
}

void check_tree(const Windows& site, const std::string& folder, const std::string& text) {
  CHECK(site.fleet.read(1, folder + "/app/text") == text);
  CHECK(site.fleet.read(1, folder + "/app/big.dll") == bytes_of(300000));
  CHECK(site.fleet.read(1, folder + "/app/it's (so) ‘ü’") == "quotes");
  CHECK(site.fleet.read(1, folder + "/app/deep/down/-here") == "deep");
  CHECK(fs::is_empty(site.fleet.home(1) + "/" + folder + "/app/empty"));
  CHECK(fs::is_empty(site.fleet.home(1) + "/" + folder + "/app/nothing"));
  CHECK(count_in(site, folder) == 1);
}

TEST_CASE("a tree comes whole to Windows, and again what differs of it") {
  Windows site(1, unpacking("D:/shop"));
  const std::string shop = "drives/d/shop";
  release_tree(site, tree_with("one"));
  const Spoken first = site.told.davit({"run"});
  CHECK_MESSAGE(first.status == 0, first.err);
  check_tree(site, shop, "one");
  CHECK(site.told.davit({"redeploy", "web/1", "dev"}).status == 0);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "it is there already"));
  const Spoken verified = site.told.davit({"status", "--verify"});
  CHECK(verified.status == 0);
  CHECK(says(verified, "? D:/shop is not looked into: a tree on a Windows target"));
  site.fleet.write(1, shop + "/app/text", "two");
  site.fleet.write(1, shop + "/app/more", "more");
  CHECK(site.told.davit({"redeploy", "web/1", "dev"}).status == 0);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), " bytes of 0.3 MB"));
  check_tree(site, shop, "one");
  CHECK_FALSE(fs::exists(site.fleet.home(1) + "/" + shop + "/app/more"));
  release_tree(site, tree_with("another"));
  const Spoken second = site.told.davit({"run"});
  CHECK_MESSAGE(second.status == 0, second.err);
  check_tree(site, shop, "another");
  CHECK(count_in(site, "drives/d") == 1);
}

TEST_CASE("a tree for Windows is cut, or damaged, on its way") {
  for (const char* fault : {"stall", "spoil"}) {
    CAPTURE(fault);
    Windows site(1, unpacking("shop"));
    release_tree(site, tree_with("one"));
    site.fleet.write(1, fault, "100000");
    auto running = site.told.start_davit({"run"});
    if (fault == std::string("stall")) {
      site.wait_for(1, "did", "came");
      site.fleet.cut();
    }
    const Spoken run = running.wait();
    CHECK_MESSAGE(run.status == 0, run.err);
    check_tree(site, "shop", "one");
    CHECK_FALSE(fs::exists(site.fleet.home(1) + "/" + fault));
  }
}

TEST_CASE("a tree that Windows can't have is not begun") {
  const auto refused = [](const Tarball& tar) {
    Windows site(1, unpacking("shop"));
    release_tree(site, tar);
    const Spoken run = site.told.davit({"run"});
    CHECK(run.status == 1);
    CHECK(count_in(site, "shop") == 0);
    return run;
  };
  CHECK(says(refused(Tarball().file("a:b", "x")), "Windows can't have a:b"));
  CHECK(says(refused(Tarball().file("sub/NUL.txt", "x")), "Windows can't have sub/NUL.txt"));
  CHECK(says(refused(Tarball().file("a/x", "x").file("A/X", "x")), "are one"));
  CHECK(says(refused(Tarball().file("x", "x").symlink("y", "x")), "it has the symlink y"));
}

}  // namespace
