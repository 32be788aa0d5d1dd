// SPDX-License-Identifier: MIT
// An upload on this machine that is stopped in the middle: nothing half stands in its place, the
// next try puts all of it there, and no rests stay.
#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "tests/program/told.hpp"

namespace {

namespace fs = std::filesystem;
using program::Running;
using program::says;
using program::Told;

const char* const kUnpacks = R"(
[artifacts.app]
file = "app.tar"
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  name = "Unpack"
  upload = "app"
  to = "srv/app"
  unpack = true
  [[environments.dev.steps]]
  name = "Tell"
  run = "echo unpacked >> $DID"
)";

constexpr int kFiles = 30'000;

std::size_t entries(const std::string& folder) {
  std::error_code none;
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder, none), {}));
}

// A release with more files than are unpacked in a moment, where an older one stands.
struct Unpacking : Told {
  Unpacking() : Told(kUnpacks) {
    write("srv/app/before", "1");
    write(".gitignore", "/srv/\n/app*\n/said\n");
    commit("where it goes");
    const auto made = run({"sh", "-c",
                           "mkdir app && cd app && seq " + std::to_string(kFiles) +
                               " | xargs touch && cd .. && tar -cf app.tar -C app ."});
    REQUIRE(made.status == 0);
    REQUIRE(davit({"create"}).status == 0);
  }

  std::string place() const { return path("srv"); }

  // Starts davit, and waits until the first files lie beside their place.
  Running begun() {
    auto running = start({"sh", "-c", "exec \"$0\" run 2>>said", DAVIT_PROGRAM});
    wait([&] { return under_way() || running.ended(); });
    REQUIRE(!running.ended());
    return running;
  }

  void wait_until_told(const std::string& text) const {
    wait([&] { return read("said").find(text) != std::string::npos; });
  }

  void nothing_is_there_yet() const {
    CHECK(entries(place() + "/app") == 1);
    CHECK(exists("srv/app/before"));
  }

  void all_is_there() const {
    CHECK(entries(place() + "/app") == kFiles);
    CHECK(entries(place()) == 1);
    CHECK(did() == "unpacked\n");
  }

 private:
  template <typename Come>
  static void wait(const Come& come) {
    for (int i = 0; i < 60'000 && !come(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    REQUIRE(come());
  }

  bool under_way() const {
    for (const auto& one : fs::directory_iterator(place()))
      if (one.path().filename() != "app" && entries(one.path().string() + "/new") > 0) return true;
    return false;
  }
};

TEST_CASE("killed while unpacking: what stood there stays, and resume unpacks anew") {
  Unpacking told;
  auto running = told.begun();
  running.kill(SIGKILL);
  running.wait();
  told.nothing_is_there_yet();
  CHECK(entries(told.place()) == 2);
  CHECK(says(told.davit({"status"}), "davit resume"));
  CHECK(told.davit({"resume", "web/1", "dev"}).status == 0);
  told.all_is_there();
}

TEST_CASE("stopped at once while unpacking: nothing stays but what stood there") {
  Unpacking told;
  auto running = told.begun();
  running.kill(SIGINT);
  told.wait_until_told("again: at once");
  running.kill(SIGINT);
  CHECK(running.wait().status == 1);
  CHECK(told.read("said").find("davit resume web/1 dev") != std::string::npos);
  told.nothing_is_there_yet();
  CHECK(entries(told.place()) == 1);
  CHECK(told.davit({"resume", "web/1", "dev"}).status == 0);
  told.all_is_there();
}

TEST_CASE("a stop lets the unpacking come to its end, and nothing further begin") {
  Unpacking told;
  auto running = told.begun();
  running.kill(SIGINT);
  CHECK(running.wait().status == 1);
  CHECK(entries(told.place() + "/app") == kFiles);
  CHECK(entries(told.place()) == 1);
  CHECK(told.did().empty());
  CHECK(told.davit({"resume", "web/1", "dev"}).status == 0);
  told.all_is_there();
}

}  // namespace
