// SPDX-License-Identifier: MIT
// What people do wrong: davit says what, and what to do next.
#include <doctest/doctest.h>

#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Scratch;
using program::Spoken;
using program::Told;
using program::Words;

const char* const kDefinition = R"(
[environments.dev]
deploy_on = "release"
steps = [{ run = "echo dev >> $DID" }]
)";

struct Mistake {
  Words arguments;
  int status;
  const char* next;  // the next step, as it is said
};

void answers(Scratch& scratch, const Mistake& mistake) {
  const Spoken said = scratch.davit(mistake.arguments);
  CAPTURE(doctest::String(mistake.arguments.empty() ? "" : mistake.arguments.back().c_str()));
  CAPTURE(said.out);
  CAPTURE(said.err);
  CHECK(said.status == mistake.status);
  CHECK(says(said, mistake.next));
  CHECK(said.err.find("error: ") != std::string::npos);
  CHECK(said.out.empty());
}

TEST_CASE("outside a repository") {
  Scratch scratch;
  scratch.remove(".git");
  for (const char* command : {"status", "create", "run", "init"})
    answers(scratch, {{command}, 1, "git init"});
}

TEST_CASE("no commit yet") {
  Scratch scratch;
  scratch.write(".davit/definitions/web.toml", kDefinition);
  for (const char* command : {"status", "create", "run"})
    answers(scratch, {{command}, 1, "no commit yet"});
}

TEST_CASE("nothing of davit's here yet") {
  Scratch scratch;
  scratch.commit("first");
  for (const char* command : {"status", "create", "run"})
    CHECK(says(scratch.davit({command}), "davit init"));
}

TEST_CASE("a name that is nearly right") {
  Told told(kDefinition);
  told.davit({"create"});
  answers(told, {{"why", "wbe/1", "dev"}, 2, "did you mean 'web'?"});
  answers(told, {{"why", "web/1", "dve"}, 2, "did you mean 'dev'?"});
  answers(told, {{"why", "web/9", "dev"}, 2, "the newest is web/1"});
  answers(told, {{"craete"}, 2, "did you mean 'create'?"});
  answers(told, {{"create", "--drft"}, 2, "did you mean '--draft'?"});
  answers(told, {{"create", "nothing-like-it"}, 2, "davit new"});
}

TEST_CASE("a definition to release whose name is nearly right") {
  Told told(kDefinition);
  answers(told, {{"create", "wbe"}, 2, "did you mean 'web'?"});
}

TEST_CASE("before the first release davit says how to cut it, whatever is wanted") {
  Told told(kDefinition);
  for (const char* command :
       {"deploy", "why", "plan", "approve", "resume", "retry", "log", "rollback"})
    answers(told, {{command}, 2, "web has no release yet"});
  answers(told, {{"show", "web"}, 2, "web has no release yet"});
  answers(told, {{"promote", "dev"}, 2, "davit create web cuts the first"});
}

TEST_CASE("words that make no sense") {
  Told told(kDefinition);
  told.davit({"create"});
  answers(told, {{"create", "--set", "PORT=1"}, 2, "ask = true"});
  answers(told, {{"show", "web/1/2"}, 2, "web"});
  answers(told, {{"deploy", "--plan", "nothing.json", "web/1", "dev"}, 1, "check the path"});
  CHECK(told.davit({"deploy", "web/1", "dev", "and", "more"}).status == 2);
  CHECK(told.davit({"mark", "ugly", "web/1"}).status == 2);
  CHECK(told.davit({"lock", "dev", "--for", "a while"}).status == 2);
  CHECK(told.davit({"show", "web/99999999999999999999"}).status == 2);
  CHECK(told.davit({"show", "../../etc/passwd"}).status == 2);
  CHECK(told.davit({"-C", "no/such/folder", "status"}).status != 0);
  CHECK(told.did().empty());
}

TEST_CASE("asking without a terminal says how to answer, and does nothing") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
before = [{ approval = { from = ["group:team"] } }]
steps = [{ run = "echo dev >> $DID" }]
)");
  told.davit({"create"});
  for (const char* command : {"approve", "reject"}) {
    const Spoken said = told.davit({command, "web/1", "dev"}, "y\n");
    CHECK(said.status == 2);
    CHECK(says(said, std::string("davit ") + command + " web/1 dev --yes"));
  }
  CHECK(told.davit({"run"}).status == 4);
  CHECK(told.did().empty());
}

TEST_CASE("a mistake in the definition is placed, and nothing is cut") {
  Told told(kDefinition);
  told.write(".davit/definitions/web.toml", "[environments.dev]\nstepz = []\nneds = []\n");
  const Spoken uncommitted = told.davit({"create"});
  CHECK(uncommitted.status == 3);
  CHECK(says(uncommitted, "--dirty"));
  told.commit("stepz");
  for (const char* command : {"check", "create"}) {
    const Spoken said = told.davit({command});
    CHECK(said.status != 0);
    CHECK(says(said, "web.toml:2:1"));
    CHECK(says(said, "stepz"));
    CHECK(says(said, "web.toml:3:1"));
    CHECK(says(said, "did you mean 'needs'?"));
  }
  CHECK(says(told.davit({"check"}), "did you mean 'steps'?"));
  CHECK(told.run({"git", "rev-parse", "--verify", "refs/davit/ledger/web"}).status != 0);
}

TEST_CASE("no release is cut of a definition whose targets the team does not have") {
  Told told("[environments.dev]\ntargets = \"wbe\"\nsteps = [{ run = \"true\" }]\n");
  told.write(".davit/team.toml", "[targets.web]\nhosts = [\"web1\"]\n");
  told.commit("targets");
  const Spoken said = told.davit({"create"});
  CHECK(said.status == 1);
  CHECK(says(said, "web.toml:2:1: error: target 'wbe' is not defined"));
  CHECK(told.run({"git", "rev-parse", "--verify", "refs/davit/ledger/web"}).status != 0);
}

TEST_CASE("help never acts") {
  Told told(kDefinition);
  for (const char* command : {"create", "run", "deploy", "rollback", "init"}) {
    const Spoken said = told.davit({command, "--help"});
    CHECK(said.status == 0);
    CHECK(says(said, "usage: davit"));
  }
  CHECK(told.did().empty());
  CHECK(told.git({"for-each-ref", "refs/davit"}).empty());
}

}  // namespace
