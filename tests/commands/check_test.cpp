// SPDX-License-Identifier: MIT
// davit check, on files as people have them.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cli/app.hpp"
#include "tests/commands/golden.hpp"
#include "tests/commands/workplace.hpp"

namespace davit {

namespace {

const char* const kTeam = R"([groups]
developers = ["*@example.com"]
release-managers = ["alice@example.com"]
)";

const char* const kFine = R"([environments.dev]
deploy_on = "release"
[[environments.dev.steps]]
run = "true"
)";

const char* const kWrong = R"([environments.dev]
deploy_on = "release"
[[environments.dev.steps]]
run = "true"

[environments.production]
need = ["dev"]
[[environments.production.before]]
approval = { from = ["group:release-manager"], count = 2 }
[[environments.production.steps]]
run = "true"
)";

// A folder with a team, thirteen fine definitions and a wrong one.
struct WithAWrongOne : Workplace {
  WithAWrongOne();
};

WithAWrongOne::WithAWrongOne() {
  write(".davit/team.toml", kTeam);
  for (int i = 1; i <= 13; ++i) write(fmt::format(".davit/definitions/fine{}.toml", i), kFine);
  write(".davit/definitions/storefront.toml", kWrong);
}

}  // namespace

TEST_CASE("every mistake is shown, with its line and the way out") {
  WithAWrongOne place;
  CHECK(place.run({"check"}) == ExitStatus::failed);
  golden("check-mistakes", place.told());
}

TEST_CASE("a fine folder is said to be fine, and quietly when so asked") {
  Workplace place;
  place.write(".davit/team.toml", kTeam);
  place.write(".davit/definitions/shop.toml", kFine);
  CHECK(place.run({"check"}) == ExitStatus::done);
  CHECK(place.told() == "no errors in 1 definition\n");
  CHECK(place.run({"check", "-q"}) == ExitStatus::done);
  CHECK(place.told().empty());
}

TEST_CASE("only what was asked about is told") {
  WithAWrongOne place;
  CHECK(place.run({"check", ".davit/definitions/fine1.toml"}) == ExitStatus::done);
  CHECK(place.told() == "no errors in 1 definition\n");
  CHECK(place.run({"check", ".davit/definitions"}) == ExitStatus::failed);
  CHECK(place.told().find("1 of 14 definitions") != std::string::npos);
  CHECK(place.run({"check", "."}) == ExitStatus::failed);
  place.told();
  CHECK(place.run({"check", "nowhere.toml"}) == ExitStatus::misused);
  CHECK(place.told().find("nowhere.toml can't be read: No such file or directory") !=
        std::string::npos);
}

TEST_CASE("from a folder below, files are called as they are seen from there") {
  WithAWrongOne place;
  std::filesystem::create_directories(place.path("src/deep"));
  CHECK(place.run({"-C", place.path("src/deep"), "check"}) == ExitStatus::failed);
  CHECK(place.told().starts_with("../../.davit/definitions/storefront.toml:"));
  CHECK(place.run({"-C", place.path(".davit/definitions"), "check", "storefront.toml"}) ==
        ExitStatus::failed);
  CHECK(place.told().starts_with("storefront.toml:"));
}

TEST_CASE("a file from anywhere is held against the team that is nearest") {
  WithAWrongOne place;
  place.write("drafts/next.toml", kWrong);
  CHECK(place.run({"check", "drafts/next.toml"}) == ExitStatus::failed);
  const std::string told = place.told();
  CHECK(told.find("drafts/next.toml:") == 0);
  CHECK(told.find("release-managers") != std::string::npos);
}

TEST_CASE("an editor's text is checked in the place of the file") {
  WithAWrongOne place;
  place.desk.desk.in = Input(std::string(kFine));
  CHECK(place.run({"check", "-", "--name", ".davit/definitions/storefront.toml"}) ==
        ExitStatus::done);
  place.told();
  place.desk.desk.in = Input(std::string("nonsense"));
  CHECK(place.run({"check", "-"}) == ExitStatus::failed);
  CHECK(place.told().find("stdin.toml:1:") == 0);
}

TEST_CASE("a file's name is a definition's name") {
  Workplace place;
  place.write(".davit/definitions/Shop!.toml", kFine);
  CHECK(place.run({"check"}) == ExitStatus::failed);
  CHECK(place.told().find("'Shop!' can't be the name of a definition") != std::string::npos);
}

TEST_CASE("mistakes as a record and as annotations") {
  WithAWrongOne place;
  CHECK(place.run({"check", "--json"}) == ExitStatus::failed);
  golden("check-json", place.told());
  CHECK(place.run({"check", "--format", "github"}) == ExitStatus::failed);
  golden("check-github", place.told());
  place.desk.environment["GITHUB_ACTIONS"] = "true";
  CHECK(place.run({"check"}) == ExitStatus::failed);
  golden("check-github", place.told());
}

TEST_CASE("the index and commits are checked without looking at the disk") {
  WithAWrongOne place;
  place.git("init -q && git add -A && git commit -qm wrong");
  place.write(".davit/definitions/storefront.toml", kFine);
  CHECK(place.run({"check"}) == ExitStatus::done);
  CHECK(place.run({"check", "--staged"}) == ExitStatus::failed);
  place.git("add -A");
  CHECK(place.run({"check", "--staged"}) == ExitStatus::done);
  place.told();
  CHECK(place.run({"check", "--at", "HEAD"}) == ExitStatus::failed);
  CHECK(place.told().find("storefront.toml:7 @ ") != std::string::npos);
  CHECK(place.run({"check", "--at", "nope"}) == ExitStatus::misused);
  CHECK(place.told() == "--- talk\nerror: there is no commit 'nope'\n");
  CHECK(place.run({"check", "--at", "HEAD", "--staged"}) == ExitStatus::misused);
}

TEST_CASE("a folder without .davit, a pipe and a file nobody may read") {
  Workplace place;
  place.git("init -q");
  CHECK(place.run({"check"}) == ExitStatus::misused);
  CHECK(place.told() ==
        "--- talk\nerror: there is no .davit/ here or above\n  davit init makes one\n");
  place.write(".davit/definitions/shop.toml", kFine);
  std::filesystem::create_symlink("/nowhere", place.path(".davit/definitions/gone.toml"));
  std::system(("mkfifo " + place.path(".davit/definitions/pipe.toml")).c_str());
  CHECK(place.run({"check"}) == ExitStatus::failed);
  const std::string told = place.told();
  CHECK(told.find(".davit/definitions/gone.toml: error:") != std::string::npos);
  CHECK(told.find("pipe.toml is not a file") != std::string::npos);
  CHECK(told.find("2 errors in 2 of 3 definitions") != std::string::npos);
}

}  // namespace davit
