// SPDX-License-Identifier: MIT
// A secret reaches the step that needs it, and nobody else.
#include <doctest/doctest.h>

#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Spoken;
using program::Told;

const std::string kSecret = "hunter2-and-more";

const char* const kDefinition = R"(
[variables]
PASSWORD = { secret = "env:SHOP_PASSWORD" }

[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "printf %s \"$PASSWORD\" | cksum >> $DID"
  [[environments.dev.steps]]
  name = "Chatty"
  run = "echo it is $PASSWORD; echo $PASSWORD >&2; printf %s $PASSWORD | base64"
  [[environments.dev.steps]]
  run = "cat /proc/$PPID/cmdline /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' > $DID.argv; :"
  [[environments.dev.steps]]
  name = "Fails aloud"
  run = "echo broken with $PASSWORD; exit 1"
)";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Everything in the repository's git directory, objects unpacked, but for what the steps wrote.
std::string kept_by_git(Told& told) {
  return told.git({"log", "-p", "--all", "--format=%B", "--root"}) +
         told.run({"sh", "-c", "find .git/davit -type f -exec cat {} +"}).out +
         told.run({"sh", "-c",
                   "git cat-file --batch-all-objects --batch-check='%(objectname)' |"
                   " git cat-file --batch"})
             .out;
}

TEST_CASE("a secret is in no output, log, ledger, plan or command line") {
  Told told(kDefinition);
  told.set("SHOP_PASSWORD", kSecret);
  const Spoken run = told.davit({"create", "--deploy", "--verbose"});
  CHECK(run.status == 1);
  CHECK(says(run, "it is "));  // it was told, without it
  const std::string expected = told.run({"sh", "-c", "printf %s \"$SHOP_PASSWORD\" | cksum"}).out;
  CHECK(told.did() == expected);  // and the step really had it

  const Spoken log = told.davit({"log", "web/1", "dev"});
  CHECK(says(log, "broken with "));
  const Spoken plan = told.davit({"plan", "web/1", "dev", "--json"});
  const std::string base64 = told.run({"sh", "-c", "printf %s \"$SHOP_PASSWORD\" | base64"}).out;
  for (const std::string& form : {kSecret, base64.substr(0, base64.size() - 1)}) {
    CHECK_FALSE(says(run, form));
    CHECK_FALSE(says(log, form));
    CHECK_FALSE(says(plan, form));
    CHECK_FALSE(says(told.davit({"status", "--json"}), form));
    CHECK_FALSE(says(told.davit({"show", "web/1", "--json"}), form));
    CHECK_FALSE(says(told.davit({"history", "--json"}), form));
    CHECK_FALSE(holds(kept_by_git(told), form));
  }
  const std::string commands = told.read(".git/did.argv");
  CHECK(holds(commands, "davit"));
  CHECK_FALSE(holds(commands, kSecret));
}

TEST_CASE("a secret that is not there stops before the first step") {
  Told told(kDefinition);
  const Spoken run = told.davit({"create", "--deploy"});
  CHECK(run.status != 0);
  CHECK(says(run, "SHOP_PASSWORD"));
  CHECK(told.did().empty());
}

TEST_CASE("a secret too short to be hidden is refused") {
  Told told(kDefinition);
  told.set("SHOP_PASSWORD", "abc");
  const Spoken run = told.davit({"create", "--deploy"});
  CHECK(run.status != 0);
  CHECK(says(run, "PASSWORD"));
  CHECK_FALSE(says(run, "abc"));
  CHECK(told.did().empty());
}

}  // namespace
