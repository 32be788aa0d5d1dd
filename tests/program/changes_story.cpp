// SPDX-License-Identifier: MIT
// What will change is shown before it is asked about: by approve, changes and plan, in one voice.
#include <doctest/doctest.h>

#include "definitions/json.hpp"
#include "tests/program/terminal.hpp"
#include "tests/program/told.hpp"

namespace {

using davit::Json;
using program::says;
using program::Spoken;
using program::Terminal;
using program::Told;

const char* const kBefore = R"(
[artifacts.app]
file = "app-*.txt"
[variables]
LOG_LEVEL = { value = "info", choices = ["info", "debug"], ask = true }
TOKEN = { secret = "env:OLD_TOKEN" }
[environments.production]
deploy_on = "release"
  [[environments.production.before]]
  approval = { from = ["group:team"] }
  [[environments.production.steps]]
  name = "Deploy"
  run = "echo $DAVIT_RELEASE >> $DID"
)";

const char* const kAfter = R"(
[artifacts.app]
file = "app-*.txt"
[variables]
LOG_LEVEL = { value = "info", choices = ["info", "debug"], ask = true }
TOKEN = { secret = "env:NEW_TOKEN" }
[environments.production]
deploy_on = "release"
  [[environments.production.before]]
  approval = { from = ["group:team"], count = 1 }
  [[environments.production.steps]]
  name = "Migrate"
  run = "true"
  reversible = false
  [[environments.production.steps]]
  name = "Deploy"
  run = "echo $DAVIT_RELEASE >> $DID"
  retries = 2
)";

// web/1 is live; web/2 brings two commits, another app, LOG_LEVEL, a secret from elsewhere and a
// step, and lacks a commit that is live.
class TwoReleases : public Told {
 public:
  TwoReleases() : Told(kBefore) {
    set("OLD_TOKEN", "old secret").set("NEW_TOKEN", "new secret");
    git({"branch", "line"});
    write("app-1.0.txt", "one");
    commit("hotfix: VAT");
    davit({"create"});
    REQUIRE(davit({"approve", "--yes", "--run"}).status == 0);
    git({"reset", "--hard", "-q", "line"});
    write("app-1.1.txt", "two");
    commit("app: round once");
    write(".davit/definitions/web.toml", kAfter);
    commit("web: migrate");
    REQUIRE(davit({"create", "--set", "LOG_LEVEL=debug"}).status == 0);
  }
};

// Lines that approve, changes and plan all say.
void shows_what_changes(const std::string& text) {
  CAPTURE(text);
  for (const char* line :
       {"alice: web: migrate", "alice: app: round once",
        "artifact app 1.0 → 1.1  sha256 7692c3ad… → 3fc4ccfe…", "variable LOG_LEVEL info → debug",
        "variable TOKEN secret from env:OLD_TOKEN → secret from env:NEW_TOKEN",
        "  step Migrate added", "  step Deploy retries added: 2",
        "  before approval count added: 1", "step Migrate can't be undone",
        "would be lost: 1 commit live now but not in 2; production would go backwards",
        "alice: hotfix: VAT"})
    CHECK_MESSAGE(text.find(line) != std::string::npos, line);
  CHECK(text.find("1 → 2 in production: 2 commits, 1 author") != std::string::npos);
  CHECK(text.find(" secret\n") == std::string::npos);
}

TEST_CASE("approve, changes and plan show what will change, in the same words") {
  TwoReleases told;
  shows_what_changes(told.davit({"changes", "web/2", "production"}).out);
  shows_what_changes(told.davit({"plan", "web/2", "production"}).out);
  shows_what_changes(told.davit({"approve", "web/2", "production", "--yes"}).out);
}

TEST_CASE("between two releases: what concerns every environment") {
  TwoReleases told;
  const auto changes = told.davit({"changes", "web/2"}).out;
  CAPTURE(changes);
  CHECK(changes.find("web/2 since web/1: 2 commits, 1 author") != std::string::npos);
  CHECK(changes.find("production: step Migrate added") != std::string::npos);
  CHECK(changes.find("variable TOKEN secret env:OLD_TOKEN → env:NEW_TOKEN") != std::string::npos);
  CHECK(changes.find("not in it: 1 commit of web/1") != std::string::npos);
  CHECK(told.davit({"changes", "web/1"}).out.starts_with("web/1: the first release\n"));
  CHECK(told.davit({"changes", "web/2", "prod"}).status == 2);
}

TEST_CASE("who is asked may look at the plan and all changes first") {
  TwoReleases told;
  Terminal terminal(told, {"approve", "web/2", "production"}, {60, 120});
  terminal.expect("Approve all the same? [y/N/changes/plan]");
  terminal.send("plan\n");
  terminal.expect("run     true");
  terminal.expect("[y/N/changes/plan]");
  terminal.send("changes\n");
  terminal.expect("alice: web: migrate");
  terminal.expect("[y/N/changes/plan]");
  terminal.send("y\n");
  terminal.expect("approved web/2 for production");
  CHECK(terminal.wait() == 0);
}

TEST_CASE("a no does nothing, and is an error with its record") {
  TwoReleases told;
  Terminal terminal(told, {"approve", "web/2", "production", "--json"});
  terminal.expect("would be lost");
  terminal.expect("Approve all the same?");
  terminal.send("what\n");
  terminal.expect("{\"davit\":1,\"command\":\"approve\",\"error\":{\"message\":\"nothing done\"");
  CHECK(terminal.wait() == 1);
}

TEST_CASE("what changes is data in the records of approve, changes and plan") {
  TwoReleases told;
  for (const program::Words& words :
       {program::Words{"changes", "web/2", "production", "--json"},
        program::Words{"plan", "web/2", "production", "--json"},
        program::Words{"approve", "web/2", "production", "--yes", "--json"}}) {
    CAPTURE(words.front());
    const auto record = Json::parse(told.davit(words).out);
    REQUIRE(record);
    const auto& changes = (*record)["changes"];
    CHECK(changes.text("from") == "web/1");
    CHECK(changes.text("to") == "web/2");
    REQUIRE(changes["commits"].items().size() == 2);
    const auto& commit = changes["commits"].items()[0];
    CHECK(commit.text("id") == told.git({"rev-parse", "HEAD"}));
    CHECK(commit.text("author") == "alice");
    CHECK(commit.text("email") == "alice@example.com");
    CHECK(commit.text("summary") == "web: migrate");
    CHECK(changes["lost"].items().size() == 1);
    CHECK(changes["artifacts"].items()[0]["after"].text("version") == "1.1");
    CHECK(changes["variables"].items()[0].text("after") == "debug");
    CHECK(changes["variables"].items()[1]["after"].text("secret") == "env:NEW_TOKEN");
    CHECK(changes["irreversible"].dump() == "[\"Migrate\"]");
    CHECK(changes["definition"].items().size() == 3);
  }
}

TEST_CASE("approve --run with --json is one record, with what was deployed") {
  Told told(kBefore);
  told.set("OLD_TOKEN", "secret").write("app-1.0.txt", "one");
  told.commit("app");
  told.davit({"create"});
  const auto said = told.davit({"approve", "--yes", "--run", "--json"});
  const auto record = Json::parse(said.out);
  REQUIRE_MESSAGE(record, said.out);
  CHECK((*record)["deployments"].items().size() == 1);
  CHECK((*record)["waiting"].is_array());
}

TEST_CASE("in a shallow clone it is said what is not known") {
  TwoReleases told;
  const auto here = told.top();
  told.run({"git", "clone", "-q", "--depth=1", "--no-local", "file://" + here, here + "/clone"});
  told.in("clone");
  told.run({"git", "fetch", "-q", "origin", "refs/davit/ledger/web:refs/davit/ledger/web"});
  const auto said = told.davit({"changes", "web/2", "production"});
  CAPTURE(said.out);
  CHECK(said.status == 0);
  CHECK(says(said, "not known: commits: "));
  CHECK(says(said, "git fetch --unshallow"));
  CHECK(says(said, "artifact app 1.0 → 1.1"));
}

}  // namespace
