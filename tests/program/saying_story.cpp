// SPDX-License-Identifier: MIT
// What davit says, and says once.
#include <doctest/doctest.h>

#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Told;

const char* const kPlain = R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo one >> $DID"
  [[environments.dev.steps]]
  name = "Second"
  run = "echo two >> $DID"

[environments.later]
needs = ["dev"]
before = [{ gates = ["fine"] }]
  [[environments.later.steps]]
  task = "restart"

[gates.fine]
run = "true"
)";

int count(const std::string& text, const std::string& what) {
  int found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

TEST_CASE("a step without a name stands once in the plan") {
  Told told(kPlain);
  told.davit({"create", "--deploy"});
  const auto plan = told.davit({"plan", "web/1", "dev"}).out;
  CHECK(count(plan, "echo one") == 1);
  CHECK(count(plan, "Second") == 1);
  CHECK(count(told.davit({"plan", "web/1", "later"}).out, "restart") == 1);
}

TEST_CASE("what can't be done yet is refused in status, too, and does not wait") {
  Told told(kPlain);
  told.davit({"create", "--deploy"});
  const auto status = told.davit({"status"});
  CHECK(says(status, "✘ 1   not yet supported"));
  CHECK(says(status, "1 refused"));
  CHECK_FALSE(says(status, "waits"));
}

TEST_CASE("gc without anything to drop says so") {
  Told told(kPlain);
  CHECK(told.davit({"gc"}).out == "nothing to drop\n");
}

TEST_CASE("history is newest first, also of what happened at once") {
  Told told(kPlain);
  told.davit({"create"});
  const auto history = told.davit({"history"}).out;
  CHECK(history.find("created web/1") < history.find("opened the ledger"));
}

TEST_CASE("log says what there is when there is no such thing") {
  Told told(kPlain);
  told.davit({"create", "--deploy"});
  CHECK(says(told.davit({"log", "web/7", "dev"}), "there is no release web/7"));
  CHECK(says(told.davit({"log", "web/1", "later"}), "web/1 was never deployed to later"));
  const auto ninth = told.davit({"log", "web/1", "dev", "--attempt", "9"});
  CHECK(ninth.status == 2);
  CHECK(says(ninth, "the newest is 1"));
}

TEST_CASE("a release where a definition is wanted") {
  Told told(kPlain);
  told.davit({"create"});
  for (const char* command : {"run", "status"})
    CHECK(says(told.davit({command, "web/1"}), "here a definition is named, not a release: web"));
}

TEST_CASE("what can't be read points to the help, and what is not there is said to be none") {
  Told told(kPlain);
  told.davit({"create"});
  CHECK(says(told.davit({"resume", "--frobnicate"}),
             "unknown option '--frobnicate'\n  davit help resume\n"));
  CHECK(says(told.davit({"create", "a", "b"}), "\n  davit help create\n"));
  CHECK(says(told.davit({"-C", "nowhere", "status"}), "there is no folder nowhere"));
  for (const char* command : {"log", "show", "changes"})
    CHECK(
        says(told.davit({command, "web/9"}), "there is no release web/9\n  the newest is web/1\n"));
  CHECK(says(told.davit({"log", "web/1"}), "web/1: nothing was deployed yet"));
  CHECK(says(told.davit({"history", "wep"}), "did you mean 'web'?"));
}

TEST_CASE("help lists choices once") {
  Told told(kPlain);
  CHECK(says(told.davit({"mark", "--help"}), "bad or good\n"));
  CHECK(says(told.davit({"check", "--help"}), "text|github|"));
}

}  // namespace
