// SPDX-License-Identifier: MIT
// The steps that davit does itself: upload, link, http.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <set>

#include "core/runner/http_step.hpp"
#include "core/runner/link.hpp"
#include "tests/world/runner_stage.hpp"

namespace davit {
namespace {

namespace fs = std::filesystem;

using stage::Stage;
using stage::text;
using End = RunReport::End;

bool tar(const Stage& stage) {
  fs::create_directories(stage.path("source"));
  stage.write("source/index.html", "hello");
  const int process = ::fork();
  if (process == 0) {
    ::execlp("tar", "tar", "-C", stage.path("source").c_str(), "-czf",
             stage.path("app.tar.gz").c_str(), ".", nullptr);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(process, &status, 0);
  return status == 0;
}

TEST_CASE("runner: an artifact is unpacked, switched to, and old releases cleared away") {
  Stage stage;
  REQUIRE(tar(stage));
  stage.request.artifact_paths["app"] = stage.path("app.tar.gz");
  for (int release = 1; release <= 12; ++release) {
    stage.plan.steps.clear();
    const auto to = "srv/releases/" + std::to_string(release);
    stage.add("Unpack", UploadAction{"app", to, true});
    stage.add("Switch", LinkAction{"srv/current", to, 3});
    fs::remove_all(stage.folder());
    CHECK(text(stage.report().steps) == "Unpack succeeded, Switch succeeded");
    CHECK(fs::read_symlink(stage.path("top/srv/current")) == stage.path("top/" + to));
    CHECK(Stage::read(stage.path("top/srv/current/index.html")) == "hello");
  }
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(stage.path("top/srv/releases")))
    left.insert(entry.path().filename().string());
  CHECK(left == std::set<std::string>{"10", "11", "12"});
  CHECK(stage.log().find("Switch * cleared away 9\n") != std::string::npos);
}

TEST_CASE("runner: a file is put in place; an artifact that is not there is named") {
  Stage stage;
  stage.write("motd", "hello");
  stage.request.artifact_paths["motd"] = stage.path("motd");
  stage.add("Put", UploadAction{"motd", stage.path("etc/motd"), false});
  stage.add("Other", UploadAction{"other", "x", false});
  CHECK(text(stage.report().steps) ==
        "Put succeeded, Other failed: the release has no artifact other");
  CHECK(Stage::read(stage.path("etc/motd")) == "hello");
}

struct Releases : Stage {
  explicit Releases(const std::vector<std::string>& names) {
    for (const auto& name : names) fs::create_directories(path("releases/" + name));
  }
  std::string at(const std::string& name) const { return path("releases/" + name); }
  std::set<std::string> left() const {
    std::set<std::string> out;
    for (const auto& entry : fs::directory_iterator(path("releases")))
      out.insert(entry.path().filename().string());
    return out;
  }
};

TEST_CASE("link: the live one and the one before are never cleared away") {
  const Releases releases({"1", "2", "3", "4", "5"});
  REQUIRE(switch_link({releases.path("current"), releases.at("1"), 0}));
  CHECK(releases.left().size() == 5);
  const auto switched = switch_link({releases.path("current"), releases.at("2") + "/", 1});
  REQUIRE(switched);
  CHECK(switched->before == releases.at("1"));
  CHECK(releases.left() == std::set<std::string>{"1", "2", "5"});
}

TEST_CASE("link: only what looks like a release is cleared away") {
  const Releases releases({"web-1", "web-2", "web-10", "shared", "web-next", "api-1", ".web-0"});
  fs::create_directory_symlink(releases.at("shared"), releases.at("web-3"));
  REQUIRE(switch_link({releases.path("current"), releases.at("web-10"), 1}));
  CHECK(releases.left() ==
        std::set<std::string>{"web-10", "shared", "web-next", "api-1", ".web-0", "web-3"});
}

TEST_CASE("link: shapes of names") {
  CHECK(same_shape("17", "9"));
  CHECK(same_shape("2026.11.22-2", "2025.1.3-14"));
  CHECK(same_shape("4be1c9d", "77ab012"));
  CHECK_FALSE(same_shape("17", "17-rc1"));
  CHECK_FALSE(same_shape("17", "shared"));
  CHECK_FALSE(same_shape("shared", "shared"));
  CHECK_FALSE(same_shape("4be1c9d", "4be1c9d0"));
}

TEST_CASE("link: a real directory is left as it is, and so is the link when there is nothing") {
  const Releases releases({"1"});
  fs::create_directories(releases.path("current/data"));
  const auto refused = switch_link({releases.path("current"), releases.at("1"), 5});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message ==
        releases.path("current") + " is not a symlink, and is left as it is");
  CHECK(fs::exists(releases.path("current/data")));

  REQUIRE(switch_link({releases.path("live"), releases.at("1"), 5}));
  const auto missing = switch_link({releases.path("live"), releases.at("2"), 5});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.starts_with("there is no " + releases.at("2")));
  CHECK(fs::read_symlink(releases.path("live")) == releases.at("1"));
}

TEST_CASE("link: what was half removed is swept away") {
  const Releases releases({"1", "2", ".davit-gone-0"});
  REQUIRE(switch_link({releases.path("current"), releases.at("2"), 5}));
  CHECK(releases.left() == std::set<std::string>{"1", "2"});
}

TEST_CASE("http step: what an answer must be") {
  Expectation any;
  CHECK(differs(any, {204, ""}) == "");
  CHECK(differs(any, {503, ""}) == "answered 503, expected 200 to 299");
  Expectation exact{404, {}};
  CHECK(differs(exact, {404, ""}) == "");
  CHECK(differs(exact, {200, ""}) == "answered 200, expected 404");
  Expectation json{0, {{"/status", Json("ok")}, {"/count", Json(0)}}};
  CHECK(differs(json, {200, R"({"status":"ok","count":0.0})"}) == "");
  CHECK(differs(json, {200, R"({"status":"up","count":0})"}) ==
        R"(/status is "up", expected "ok")");
  CHECK(differs(json, {200, R"({"status":"ok"})"}) == "the answer has no /count, expected 0");
  CHECK(differs(json, {200, "<html>"}).starts_with("the answer is no JSON"));
}

TEST_CASE("runner: an http step tries again, and tells what was wrong") {
  Stage stage;
  // Nothing listens on port 1 of loopback.
  auto& step = stage.add("Smoke", HttpAction{"http://127.0.0.1:1/health", "GET", {}, "", {}});
  step.retries = 1;
  const auto report = stage.report();
  CHECK(report.steps[0].status == StepRecord::Status::failed);
  CHECK(report.steps[0].tries == 2);
  CHECK_FALSE(report.steps[0].message.empty());
}

}  // namespace
}  // namespace davit
