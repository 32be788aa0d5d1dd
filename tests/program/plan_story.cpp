// SPDX-License-Identifier: MIT
// A plan kept in a file: exactly that is deployed, or nothing.
#include <doctest/doctest.h>

#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Spoken;
using program::Told;

const char* const kDefinition = R"(
[variables]
LEVEL = { value = "info", choices = ["info", "debug"], ask = true }

[environments.dev]
  [[environments.dev.steps]]
  name = "Note"
  run = "echo $DAVIT_RELEASE $LEVEL >> $DID"
)";

TEST_CASE("planning runs nothing and writes nothing down") {
  Told told(kDefinition);
  told.davit({"create"});
  const std::string before = told.git({"rev-parse", "refs/davit/ledger/web"});
  const Spoken plan = told.davit({"plan", "web/1", "dev"});
  CHECK(plan.status == 0);
  CHECK(says(plan, "Note"));
  CHECK(told.did().empty());
  CHECK(told.git({"rev-parse", "refs/davit/ledger/web"}) == before);
}

TEST_CASE("what was planned is what is deployed") {
  Told told(kDefinition);
  told.davit({"create"});
  CHECK(told.davit({"plan", "web/1", "dev", "-o", "plan.json"}).status == 0);
  CHECK(told.davit({"deploy", "--plan", "plan.json", "web/1", "dev"}).status == 0);
  CHECK(told.did() == "web/1 info\n");
}

TEST_CASE("a plan for another release is refused with what differs") {
  Told told(kDefinition);
  told.davit({"create"});
  CHECK(told.davit({"plan", "web/1", "dev", "-o", "plan.json"}).status == 0);
  told.davit({"create", "--set", "LEVEL=debug"});
  const Spoken refused = told.davit({"deploy", "--plan", "plan.json", "web/2", "dev"});
  CHECK(refused.status == 3);
  CHECK(says(refused, "web/1"));
  CHECK(says(refused, "web/2"));
  CHECK(says(refused, "debug"));
  CHECK(told.did().empty());
}

TEST_CASE("a doctored plan is refused") {
  Told told(kDefinition);
  told.davit({"create"});
  CHECK(told.davit({"plan", "web/1", "dev", "-o", "plan.json"}).status == 0);
  std::string plan = told.read("plan.json");
  const auto at = plan.find("echo ");
  REQUIRE(at != std::string::npos);
  told.write("plan.json", plan.replace(at, 4, "rm  "));
  const Spoken refused = told.davit({"deploy", "--plan", "plan.json", "web/1", "dev"});
  CHECK(refused.status != 0);
  CHECK(says(refused, "plan.json"));
  CHECK(told.did().empty());
}

TEST_CASE("a file that is no plan is told so") {
  Told told(kDefinition);
  told.davit({"create"});
  for (const char* text : {"", "{}", "[1, 2", "not a plan"}) {
    told.write("plan.json", text);
    const Spoken refused = told.davit({"deploy", "--plan", "plan.json", "web/1", "dev"});
    CAPTURE(text);
    CHECK((refused.status == 1 || refused.status == 2));
    CHECK(says(refused, "plan.json"));
    CHECK(says(refused, "davit plan"));
  }
  CHECK(told.did().empty());
}

}  // namespace
