// SPDX-License-Identifier: MIT
// With --json every command prints one record, good or bad, with the members that README.md names.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "cli/commands.hpp"
#include "definitions/json.hpp"
#include "tests/program/told.hpp"

namespace {

using davit::Json;
using program::Spoken;
using program::Told;
using program::Words;

// What prints the same with and without --json, as long as it goes well.
const std::set<std::string> kPrintsItself = {"schema", "completion", "man"};

std::set<std::string> found(const std::string& text, const std::string& what) {
  const std::regex pattern(what);
  std::set<std::string> out;
  for (std::sregex_iterator one(text.begin(), text.end(), pattern), end; one != end; ++one)
    out.insert((*one)[1]);
  return out;
}

std::string without_parentheses(const std::string& text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    depth += c == '(' ? 1 : 0;
    if (depth == 0) out += c;
    depth -= c == ')' ? 1 : 0;
  }
  return out;
}

// Command -> the members of its record, from the first table under "## Records".
std::map<std::string, std::set<std::string>> documented() {
  std::ifstream readme(std::string(DAVIT_SOURCE_DIR) + "/README.md");
  std::map<std::string, std::set<std::string>> out;
  bool here = false, in_table = false;
  for (std::string line; std::getline(readme, line);) {
    if (line.starts_with("## ")) here = line == "## Records";
    if (!here || (in_table && line.empty())) in_table = false, here = here && out.empty();
    in_table = here && line.starts_with("|");
    const auto cell = line.find(" | ");
    if (!in_table || cell == std::string::npos) continue;
    const auto members = found(without_parentheses(line.substr(cell)), "`([a-z_]+)`");
    for (const auto& name : found(line.substr(0, cell), "`([a-z]+)`")) out[name] = members;
  }
  return out;
}

// What was printed, when it is one JSON value on one line.
Json record(const Spoken& said) {
  CAPTURE(said.out);
  CAPTURE(said.err);
  auto json = Json::parse(said.out);
  REQUIRE(json);
  CHECK(std::count(said.out.begin(), said.out.end(), '\n') == 1);
  return *json;
}

void good(const std::string& command, const Spoken& said) {
  CAPTURE(said.err);
  if (kPrintsItself.count(command) > 0) {
    CHECK(said.status == 0);
    CHECK(!said.out.empty());
    return;
  }
  const auto json = record(said);
  CHECK(json.integer("davit") == 1);
  CHECK(json.text("command") == command);
  CHECK_MESSAGE(json.members().size() > 2, said.out);
  const auto known = documented()[command];
  for (const auto& member : json.members()) {
    const auto& key = member.first;
    if (key != "davit" && key != "command") CHECK_MESSAGE(known.count(key) == 1, key);
  }
}

void bad(const std::string& command, const Spoken& said) {
  const auto json = record(said);
  CHECK(json.text("command") == command);
  CHECK(json.members().size() == 3);
  const auto& error = json["error"];
  CHECK(!error.text("message").empty());
  CHECK(!error.text("failure").empty());
  CHECK(error.integer("exit") == said.status);
  const std::set<std::string> known = {"message", "hint", "place", "failure", "exit"};
  for (const auto& member : error.members())
    CHECK_MESSAGE(known.count(member.first) == 1, member.first);
}

const char* const kDefinition = R"(
[environments.dev]
deploy_on = "release"
steps = [{ run = "true" }]
[environments.production]
needs = ["dev"]
on_failure = "stop"
  [[environments.production.before]]
  approval = { from = ["group:team"] }
  [[environments.production.steps]]
  run = "grep -q good condition"
)";

// Words that go well in this order, and what is told then; a command may come more than once.
const std::vector<Words> kWell = {
    {"check"},
    {"schema"},
    {"create", "web"},
    {"plan", "web/1", "dev"},
    {"deploy", "web/1", "dev"},
    {"promote", "web/1", "production"},
    {"why", "web/1", "production"},
    {"why", "web/1", "dev"},
    {"status"},
    {"run"},
    {"reject", "web/1", "production", "--yes"},
    {"create", "web", "--deploy"},
    {"approve", "web/2", "production", "--yes", "--run"},
    {"create", "web", "--draft"},
    {"start", "web/3"},
    {"abandon", "web/3"},
    {"show", "web/2"},
    {"log", "web/2", "dev"},
    {"history", "web"},
    {"changes", "web/2"},
    {"where", "HEAD"},
    {"rollback", "web", "dev", "--yes"},
    {"redeploy", "web/2", "dev"},
    {"mark", "bad", "web/1", "--reason", "why"},
    {"lock", "web", "dev", "-m", "why"},
    {"deploy", "web/2", "dev"},
    {"unlock", "web", "dev", "--yes"},
    {"verify"},
    {"hook", "install"},
    {"hosts"},
    {"doctor"},
    {"gc"},
    {"completion", "bash"},
    {"man"},
};

TEST_CASE("every command's record has the members that README.md names") {
  Told told(kDefinition);
  std::set<std::string> seen = {"init", "new", "cancel", "resume", "retry"};  // below
  for (Words words : kWell) {
    const auto command = words.front();
    words.emplace_back("--json");
    CAPTURE(words[1]);
    CAPTURE(command);
    const auto said = told.davit(words);
    good(command, said);
    seen.insert(command);
  }
  for (const auto& command : davit::commands())
    if (!command.hidden) CHECK_MESSAGE(seen.count(std::string(command.name)) == 1, command.name);
}

TEST_CASE("records of what is unfinished, fails and begins") {
  Told told(kDefinition);
  told.run({"rm", "-rf", ".davit"});
  good("init", told.davit({"init", "--json"}));
  good("new", told.davit({"new", "shop", "--json"}));
  Told manual(R"(
[environments.dev]
deploy_on = "release"
steps = [{ manual = "look" }]
[environments.production]
deploy_on = "manual"
steps = [{ run = "false" }]
)");
  good("create", manual.davit({"create", "--deploy", "--json"}));
  good("run", manual.davit({"run", "--json"}));
  good("resume", manual.davit({"resume", "web/1", "dev", "--json"}));
  good("create", manual.davit({"create", "--deploy", "--json"}));
  good("cancel", manual.davit({"cancel", "web/2", "dev", "--json", "--yes"}));
  good("promote", manual.davit({"promote", "web/2", "production", "--json"}));
  good("retry", manual.davit({"retry", "web/2", "production", "--json"}));
}

TEST_CASE("every command's error is a record") {
  Told told(kDefinition);
  for (const auto& one : davit::commands()) {
    if (one.hidden) continue;
    const std::string command(one.name);
    CAPTURE(command);
    bad(command, told.davit({command, "--json", "--bogus"}));
    bad(command, told.davit({command, "a", "b", "c", "d", "e", "f", "--json"}));
  }
  bad("bogus", told.davit({"bogus", "--json"}));
  bad("status", told.davit({"--json", "--bogus"}));
}

TEST_CASE("a definition that can't be released has all its mistakes in the record, as check has") {
  Told told(kDefinition);
  told.write(".davit/definitions/web.toml", "[environments.dev]\nstepz = []\nneds = []\n");
  told.commit("stepz");
  const auto said = told.davit({"create", "--json"});
  CHECK(said.status == 1);
  const auto error = record(said)["error"];
  CHECK(error.integer("exit") == 1);
  const auto checked = record(told.davit({"check", "--at", "HEAD", "--json"}));
  REQUIRE(error["mistakes"].items().size() == 2);
  CHECK(error["mistakes"].dump() == checked["mistakes"].dump());
}

TEST_CASE("outside of a repository the error is a record") {
  Told told(kDefinition);
  told.set("GIT_DIR", "/nowhere");
  for (const auto& words : kWell) {
    const auto& command = words.front();
    if (kPrintsItself.count(command) > 0 || command == "check") continue;
    auto with = words;
    with.emplace_back("--json");
    CAPTURE(command);
    bad(command, told.davit(with));
  }
}

}  // namespace
