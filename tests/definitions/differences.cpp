// SPDX-License-Identifier: MIT
#include "definitions/differences.hpp"

#include <doctest/doctest.h>

using namespace davit;

namespace {

const char* const kBefore = R"(
release_name = "{rev}"
[variables]
LOG_LEVEL = "info"
[environments.dev]
steps = [{ run = "./a" }]
[environments.production]
needs = ["dev"]
  [[environments.production.before]]
  approval = { from = ["group:team"], count = 1 }
  [[environments.production.steps]]
  name = "Unpack"
  upload = "app"
  to = "/srv"
  [[environments.production.steps]]
  name = "Migrate"
  run = "./migrate"
)";

const char* const kAfter = R"(
release_name = "{date:%Y}-{rev}"
[variables]
LOG_LEVEL = "debug"
[environments.production]
  [[environments.production.before]]
  approval = { from = ["group:team"], count = 2 }
  [[environments.production.steps]]
  name = "Migrate"
  run = "./migrate"
  retries = 5
  [[environments.production.steps]]
  name = "Unpack"
  upload = "app"
  to = "/srv"
  [[environments.production.steps]]
  name = "Smoke test"
  http = "http://localhost/"
)";

std::string told(const Json& before, const Json& after) {
  std::string out;
  for (const auto& one : differences(before, after)) out += text(one) + "\n";
  return out;
}

}  // namespace

TEST_CASE("definitions differ by keys; steps and checks are found by what they are called") {
  CHECK(told(toml_values(kBefore), toml_values(kAfter)) == R"(release_name {rev} → {date:%Y}-{rev}
variable LOG_LEVEL info → debug
environment dev removed
production: needs removed (was ["dev"])
production: before approval count 1 → 2
production: step Migrate retries added: 5
production: step Smoke test added
production: steps in another order
)");
  CHECK(told(toml_values(kAfter), toml_values(kAfter)).empty());
}

TEST_CASE("a list that is new is told table by table, two of one name are kept apart") {
  const auto none = toml_values("[environments.dev]\n");
  const auto two = toml_values("[environments.dev]\nsteps = [{run = \"a\"}, {run = \"a\"}]\n");
  CHECK(told(none, two) == "dev: step a added\ndev: step a (2) added\n");
  CHECK(told(two, none) == "dev: step a removed\ndev: step a (2) removed\n");
}

TEST_CASE("long values are cut between characters, unless all is wanted") {
  const Difference one{
      {"description"}, std::string(30, 'x') + std::string("ääääääääääääääääääää"), "short"};
  CHECK(text(one) == "description " + std::string(30, 'x') + "äääääääääääää… → short");
  CHECK(text(one, 0).find("ääääääääääääääääääää →") != std::string::npos);
}

TEST_CASE("what is no TOML has no values") { CHECK(toml_values("= 3").is_null()); }
