// SPDX-License-Identifier: MIT
// A dry run tells what would be done on which target, and does nothing.
#include <doctest/doctest.h>

#include <string>

#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;
using program::times;

// All kinds of steps, on targets and here.
const char* const kAll = R"(
  [[environments.dev.steps]]
  name = "Build"
  run = "echo built >> $DID"
  on = "local"
  env = { LEVEL = "high", KEY = "first\nsecond" }
  [[environments.dev.steps]]
  name = "Bring"
  upload = "app"
  to = "releases/{release}"
  [[environments.dev.steps]]
  name = "Switch"
  link = "current"
  to = "releases/{release}"
  [[environments.dev.steps]]
  name = "Start"
  run = """
echo one >>did
  echo "indented  $HUSH"
"""
  if = "test -e there"
  directory = "service"
  outputs = ["URL"]
  env = { HUSH = { secret = "command:echo asked >> $DID; echo hush-hush" } }
  [[environments.dev.steps]]
  name = "Look"
  http = "http://127.0.0.1:1/health"
  retries = 5
  on = "local"
  [[environments.dev.steps]]
  name = "Cable"
  manual = "Swap the cable"
  [[environments.dev.steps]]
  name = "Cry"
  run = "echo cried >>did"
  when = "failure"
[artifacts.app]
file = "app.bin"
)";

struct Ready : Site {
  Ready(int hosts, const std::string& definition) : Site(hosts, definition) {
    told.write("app.bin", "0123456789");
    told.commit("app");
    const auto created = told.davit({"create"});
    REQUIRE_MESSAGE(created.status == 0, created.err);
  }
  std::string ledger() { return told.git({"rev-parse", "refs/davit/ledger/web"}); }
};

TEST_CASE("a dry run tells every step, and neither reaches a target nor runs anything") {
  Ready site(3, on_targets(kAll, "rollout = { batches = [\"1\", \"100%\"], pause = \"1h\" }\n"));
  const auto before = site.ledger();
  const int logins = site.fleet.logins();
  const Spoken dry = site.told.davit({"deploy", "web/1", "dev", "--dry-run"});
  CHECK_MESSAGE(dry.status == 0, dry.err);
  CHECK(says(dry, "dry run: nobody is reached, nothing is done"));
  CHECK(says(dry, "       sh in the release's checkout\n         echo built >> $DID\n"));
  CHECK(says(dry, "with KEY=first …\n       with LEVEL=high\n"));
  CHECK(times(dry.out, "10 bytes, sha256 84d89877 → releases/1\n") == 2);
  CHECK(says(dry, "current → releases/1\n"));
  CHECK(says(dry, "       only if this succeeds: sh in service\n         test -e there\n"));
  CHECK(says(dry, "         echo one >>did\n           echo \"indented  $HUSH\"\n"));
  CHECK(says(dry, "with HUSH=(secret from command:"));
  CHECK(says(dry, "GET http://127.0.0.1:1/health\n"));
  CHECK(says(dry, "Swap the cable\n"));
  CHECK(says(dry, "left out: nothing failed"));
  CHECK(says(dry, "batch 1 of 2\n"));
  CHECK(says(dry, "batch 2 of 2\n"));
  CHECK(says(dry, "127.0.1.2 127.0.1.3"));  // what is the same there is told once

  CHECK(site.fleet.logins() == logins);
  CHECK(site.told.did().empty());
  CHECK(site.ledger() == before);
  CHECK(site.told.davit({"log", "web/1", "dev"}).status != 0);
}

TEST_CASE("a dry run says what keeps the release from being deployed, and asks for nothing") {
  Ready site(2, on_targets(R"(
  [[environments.dev.before]]
  approval = { from = ["group:team"] }
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did"
[artifacts.app]
file = "app.bin"
)"));
  const auto before = site.ledger();
  const Spoken dry =
      site.told.davit({"deploy", "web/1", "dev", "--dry-run", "--limit", "127.0.1.1"});
  CHECK_MESSAGE(dry.status == 0, dry.err);
  CHECK(says(dry, "echo one >>did"));
  CHECK(says(dry, "limited to 127.0.1.1 (1 of 2 targets)"));
  CHECK(says(dry, "approval"));
  CHECK(site.ledger() == before);
}

TEST_CASE("a dry run of an artifact that can't be unpacked fails, and says so") {
  Ready site(2, on_targets(R"(
  [[environments.dev.steps]]
  name = "Bring"
  upload = "app"
  to = "releases/{release}"
  unpack = true
[artifacts.app]
file = "app.bin"
)"));
  const Spoken dry = site.told.davit({"deploy", "web/1", "dev", "--dry-run"});
  CHECK(dry.status == 1);
  CHECK(says(dry, "✘"));
  CHECK(says(dry, "archive"));
}

TEST_CASE("a dry run has no record of its own") {
  Ready site(1,
             on_targets("  steps = [{ run = \"true\" }]\n[artifacts.app]\nfile = \"app.bin\"\n"));
  const Spoken dry = site.told.davit({"deploy", "web/1", "dev", "--dry-run", "--json"});
  CHECK(dry.status == 2);
  CHECK(says(dry, "davit plan --json"));
}

}  // namespace
