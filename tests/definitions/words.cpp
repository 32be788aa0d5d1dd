// SPDX-License-Identifier: MIT
// The small values: what they are called, and how they are looked up.
#include <doctest/doctest.h>

#include "definitions/definition.hpp"
#include "definitions/team.hpp"

using namespace davit;

namespace {

Environment environment(const char* name, const std::vector<const char*>& needs = {}) {
  Environment made{.name = name};
  for (const char* need : needs) made.needs.push_back({need, {}});
  return made;
}

std::string order_of(std::vector<Environment> environments) {
  Definition definition{.name = "web", .environments = std::move(environments)};
  std::string out;
  for (const auto* one : in_order(definition)) out += one->name + " ";
  return out;
}

}  // namespace

TEST_CASE("words: as they are written") {
  CHECK(std::string(text(Artifact::Kind::git)) == "git");
  CHECK(std::string(text(Artifact::Kind::oci)) == "oci");
  CHECK(std::string(text(Environment::DeployOn::success)) == "success");
  CHECK(std::string(text(Environment::Queue::all)) == "all");
  CHECK(std::string(text(Environment::OnFailure::rollback)) == "rollback");
  CHECK(std::string(text(Step::When::always)) == "always");
  CHECK(std::string(text(Step::Shell::python3)) == "python3");
  CHECK(std::string(kind(UploadAction{})) == "upload");
  CHECK(std::string(kind(ManualAction{})) == "manual");
  CHECK(text(SecretSource{SecretSource::Kind::command, "pass show db"}) == "command:pass show db");
}

TEST_CASE("environments: each comes after those it needs, else as written") {
  CHECK(order_of({environment("production", {"staging"}), environment("dev"),
                  environment("staging", {"dev"})}) == "dev staging production ");
  CHECK(order_of({environment("b"), environment("a"), environment("c", {"a"})}) == "b a c ");
  CHECK(order_of({environment("c", {"d"}), environment("d", {"c"}), environment("a")}) == "c d a ");
  CHECK(order_of({environment("x", {"nowhere"})}).empty() == false);
}

TEST_CASE("environments: the place of a key, or of the whole where it is not written") {
  Environment production = environment("production");
  production.place = {.file = "web.toml", .line = 3, .column = 1};
  production.key_places = {{"soak", {.file = "web.toml", .line = 5, .column = 1}}};
  CHECK(production.key_place("soak").line == 5);
  CHECK(production.key_place("needs").line == 3);
}

TEST_CASE("definition: looked up by name") {
  Definition definition{.name = "web"};
  definition.environments = {environment("dev")};
  definition.artifacts = {Artifact{.name = "app"}};
  CHECK(definition.environment("dev") == &definition.environments[0]);
  CHECK(definition.environment("prod") == nullptr);
  CHECK(definition.artifact("app") == &definition.artifacts[0]);
  CHECK(definition.artifact("") == nullptr);
}

TEST_CASE("team: who is meant by an address, a pattern or a group") {
  Team team;
  team.groups = {{"managers", {{"Alice@example.com", {}}}, {}},
                 {"all", {{"*@example.com", {}}}, {}}};
  const Principals managers = {{"group:managers", {}}};
  CHECK(matches(team, managers, "alice@EXAMPLE.com"));
  CHECK(!matches(team, managers, "bob@example.com"));
  CHECK(matches(team, {{"group:all", {}}}, "bob@example.com"));
  CHECK(matches(team, {{"bob@example.com", {}}}, "Bob@example.com"));
  CHECK(!matches(team, {{"group:nobody", {}}}, "bob@example.com"));
  CHECK(!matches(team, {{"*", {}}}, ""));
  CHECK(!matches(team, {}, "bob@example.com"));
}
