// SPDX-License-Identifier: MIT
// What is left out is guessed, and never acted on without a word from somebody.
#include <doctest/doctest.h>

#include "tests/program/terminal.hpp"
#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Spoken;
using program::Terminal;
using program::Told;
using program::Words;

const char* const kTwo = R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo dev $DAVIT_RELEASE >> $DID; grep -q good condition"

[environments.production]
needs     = ["dev"]
deploy_on = "manual"
  [[environments.production.before]]
  approval = { from = ["group:team"] }
  [[environments.production.steps]]
  run = "echo production $DAVIT_RELEASE >> $DID"
)";

// Nothing is done: exit 2, and the full command to paste.
void names(Told& told, const Words& guessed, const std::string& full) {
  const auto before = told.git({"rev-parse", "refs/davit/ledger/web"});
  const Spoken said = told.davit(guessed);
  CAPTURE(said.out);
  CAPTURE(said.err);
  CHECK(said.status == 2);
  CHECK(says(said, full));
  CHECK(told.git({"rev-parse", "refs/davit/ledger/web"}) == before);
}

TEST_CASE("without a terminal a guess is not acted on: the full command is named") {
  Told told(kTwo);
  told.davit({"create", "--deploy"});
  names(told, {"deploy", "production"}, "davit deploy web/1 production");
  names(told, {"promote"}, "davit promote web/1 production");
  names(told, {"redeploy"}, "davit redeploy web/1 dev");
  told.davit({"promote", "web/1", "production"});
  names(told, {"cancel"}, "davit cancel web/1 production");
  names(told, {"approve", "production"}, "davit approve web/1 production --yes");
  told.commit_condition("broken");
  told.davit({"create", "--deploy"});
  names(told, {"retry", "dev"}, "davit retry web/2 dev");
  names(told, {"rollback", "dev"}, "davit rollback web dev --yes");
}

TEST_CASE("with --yes the guess is taken, and said") {
  Told told(kTwo);
  told.davit({"create", "--deploy"});
  const Spoken said = told.davit({"deploy", "production", "--yes"});
  CHECK(said.status == 4);
  CHECK(says(said, "davit deploy web/1 production"));
  CHECK(told.davit({"cancel", "--yes"}).status == 0);
}

TEST_CASE("looking takes a guess without a question") {
  Told told(kTwo);
  told.davit({"create", "--deploy"});
  CHECK(told.davit({"log"}).status == 0);
  told.davit({"promote", "web/1", "production"});
  const Spoken why = told.davit({"why"});
  CHECK(why.status == 4);
  CHECK(says(why, "davit why web/1 production"));
}

TEST_CASE("at a terminal davit says which and asks") {
  Told told(kTwo);
  told.davit({"create", "--deploy"});
  Terminal no(told, {"deploy", "production"});
  no.expect("Is davit deploy web/1 production meant? [y/N]");
  no.send("n\n");
  CHECK(no.wait() == 2);
  CHECK_FALSE(says(told.davit({"history"}), "asked to deploy"));
  Terminal yes(told, {"deploy", "production"});
  yes.expect("[y/N]");
  yes.send("y\n");
  CHECK(yes.wait() == 4);
  CHECK(says(told.davit({"history"}), "asked to deploy"));
}

TEST_CASE("what is nothing at all gets the nearest name") {
  Told told(kTwo);
  told.davit({"create", "--deploy"});
  names(told, {"deploy", "prodution"}, "did you mean 'production'?");
  names(told, {"deploy", "wbe", "production"}, "did you mean 'web'?");
  names(told, {"log", "web/1", "dve"}, "did you mean 'dev'?");
  names(told, {"rollback", "web", "dve"}, "did you mean 'dev'?");
  names(told, {"rollback", "web/1", "dev"}, "davit rollback web dev");
  names(told, {"why", "dev"}, "nothing waits in dev");
  names(told, {"resume"}, "nothing is unfinished");
}

}  // namespace
