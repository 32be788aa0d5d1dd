// SPDX-License-Identifier: MIT
// What davit is for: a release goes from environment to environment, as far as the rules let it.
#include <doctest/doctest.h>

#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Spoken;
using program::Told;

const char* const kApproved = R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo dev $DAVIT_RELEASE >> $DID"

[environments.production]
needs = ["dev"]
  [[environments.production.before]]
  approval = { from = ["group:team"], count = 1, requester = false }
  [[environments.production.steps]]
  run = "echo production $DAVIT_RELEASE >> $DID"
)";

const char* const kManual = R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo dev $DAVIT_RELEASE >> $DID; grep -q good condition"

[environments.production]
needs     = ["dev"]
deploy_on = "manual"
  [[environments.production.steps]]
  run = "echo production $DAVIT_RELEASE >> $DID"
)";

TEST_CASE("a release is cut, waits for somebody else's yes, and is live") {
  Told told(kApproved);
  const Spoken cut = told.davit({"create", "web"});
  CHECK(cut.status == 0);
  CHECK(says(cut, "web/1"));
  CHECK(says(cut, "next: davit run web"));

  const Spoken run = told.davit({"run"});
  CHECK(run.status == 4);
  CHECK(says(run, "davit approve web/1 production"));
  CHECK(told.did() == "dev web/1\n");

  const Spoken why = told.davit({"why", "web/1", "production"});
  CHECK(why.status == 4);
  CHECK(says(why, "No, not yet."));
  CHECK(says(why, "needs dev"));
  CHECK(says(why, "davit approve web/1 production"));

  const Spoken own = told.davit({"approve", "web/1", "production", "--yes"});
  CHECK(own.status == 3);
  CHECK(says(own, "requester = false"));
  CHECK(says(own, "ask somebody else: group:team"));
  CHECK(told.davit({"run"}).status == 4);

  told.as("bob@example.com");
  CHECK(told.davit({"approve", "web/1", "production", "--yes"}).status == 0);
  told.as("alice@example.com");
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.did() == "dev web/1\nproduction web/1\n");
  CHECK(says(told.davit({"status"}), "✔ 1"));
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.did() == "dev web/1\nproduction web/1\n");
  CHECK(told.davit({"verify"}).status == 0);
}

TEST_CASE("the ledger's log reads as what people did") {
  Told told(kApproved);
  told.davit({"create", "--deploy"});
  told.as("bob@example.com");
  told.davit({"approve", "web/1", "production", "--yes", "--run", "-m", "looked at it"});
  const std::string log = told.git({"log", "--format=%an %s", "refs/davit/ledger/web"});
  CHECK(log.find("bob deployed web/1 to production") != std::string::npos);
  CHECK(log.find("bob approved web/1 for production: \"looked at it\"") != std::string::npos);
  CHECK(log.find("alice deployed web/1 to dev") != std::string::npos);
  CHECK(told.git({"status", "--porcelain"}).empty());
}

TEST_CASE("what was rejected is not deployed") {
  Told told(kApproved);
  told.davit({"create", "--deploy"});
  told.as("bob@example.com");
  CHECK(told.davit({"reject", "web/1", "production", "--yes", "-m", "VAT is wrong"}).status == 0);
  told.davit({"run"});
  CHECK(told.did() == "dev web/1\n");
  CHECK(says(told.davit({"why", "web/1", "production"}), "VAT is wrong"));
  CHECK(says(told.davit({"history"}), "VAT is wrong"));
}

TEST_CASE("a manual environment takes a release when somebody asks") {
  Told told(kManual);
  told.davit({"create"});
  const Spoken early = told.davit({"promote", "web/1", "production"});
  CHECK(early.status == 4);
  CHECK(says(early, "needs dev"));
  CHECK(told.did().empty());
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.did() == "dev web/1\nproduction web/1\n");

  CHECK(told.davit({"create", "--deploy"}).status == 0);
  CHECK(told.times("production web/2") == 0);
  CHECK(told.davit({"promote", "web/2", "production"}).status == 0);
  CHECK(told.times("production web/2") == 1);
}

TEST_CASE("out of order only when told so") {
  Told told(kManual);
  told.davit({"create"});
  CHECK(told.davit({"deploy", "web/1", "production"}).status == 4);
  CHECK(told.did().empty());
  CHECK(told.davit({"deploy", "web/1", "production", "--skip-needs"}).status == 0);
  CHECK(told.did() == "production web/1\n");
}

TEST_CASE("once more: redeploy what succeeded, retry what failed") {
  Told told(kManual);
  told.davit({"create", "--deploy"});
  CHECK(told.davit({"redeploy", "web/1", "dev"}).status == 0);
  CHECK(told.times("dev web/1") == 2);

  told.commit_condition("broken");
  CHECK(told.davit({"create", "--deploy"}).status == 1);
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.times("dev web/2") == 1);
  CHECK(says(told.davit({"log", "web/2", "dev"}), "grep"));
  CHECK(told.davit({"retry", "web/2", "dev"}).status == 1);
  CHECK(told.times("dev web/2") == 2);
  CHECK(says(told.davit({"status"}), "1 failed"));
}

TEST_CASE("what was redeployed needs its approval anew") {
  Told told(kApproved);
  told.davit({"create", "--deploy"});
  told.as("bob@example.com");
  CHECK(told.davit({"approve", "web/1", "production", "--yes", "--run"}).status == 0);
  CHECK(told.davit({"redeploy", "web/1", "production"}).status == 4);
  CHECK(told.times("production web/1") == 1);
  told.as("carol@example.com");
  CHECK(told.davit({"approve", "web/1", "production", "--yes", "--run"}).status == 0);
  CHECK(told.times("production web/1") == 2);
}

TEST_CASE("what waits after a redeploy or retry is said, and asked for once only") {
  Told told(kApproved);
  told.davit({"create", "--deploy"});
  told.as("bob@example.com");
  told.davit({"approve", "web/1", "production", "--yes", "--run"});
  told.as("alice@example.com");
  CHECK(says(told.davit({"redeploy", "web/1", "production"}), "asked for web/1 in production"));
  const Spoken again = told.davit({"redeploy", "web/1", "production", "--json"});
  CHECK(again.status == 4);
  CHECK(says(again, "alice has asked already"));
  CHECK(says(again, R"("rules":[{"rule":"needs")"));
  told.davit({"cancel", "web/1", "production"});
  CHECK(told.davit({"retry", "web/1", "production"}).status == 4);
  const Spoken retried = told.davit({"retry", "web/1", "production"});
  CHECK(retried.status == 4);
  CHECK(says(retried, "davit approve web/1 production"));
}

TEST_CASE("what is live is not deployed again unless told so") {
  Told told(kManual);
  told.davit({"create", "--deploy"});
  const auto head = told.git({"rev-parse", "refs/davit/ledger/web"});
  for (const char* command : {"deploy", "promote"}) {
    const Spoken said = told.davit({command, "web/1", "dev"});
    CHECK(said.status == 3);
    CHECK(says(said, "1 is live there"));
    CHECK(says(said, "davit redeploy web/1 dev"));
  }
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.git({"rev-parse", "refs/davit/ledger/web"}) == head);
  CHECK(told.times("dev web/1") == 1);
}

TEST_CASE("why of what is live names no approval that nobody needs") {
  Told told(kApproved);
  told.davit({"create", "--deploy"});
  told.as("bob@example.com");
  told.davit({"approve", "web/1", "production", "--yes", "--run"});
  const Spoken why = told.davit({"why", "web/1", "production"});
  CHECK(says(why, "It is live there."));
  CHECK(says(why, "davit redeploy web/1 production"));
  CHECK_FALSE(says(why, "davit approve"));
}

TEST_CASE("create --deploy tells a program what waits") {
  Told told(kApproved);
  CHECK(says(told.davit({"create", "--deploy", "--json"}),
             R"("waiting":[{"release":"web/1","environment":"production","rules":[)"));
}

TEST_CASE("queue = all: one after the other, none left out") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
queue = "all"
  [[environments.dev.before]]
  approval = { from = ["group:team"] }
  [[environments.dev.steps]]
  run = "echo $DAVIT_RELEASE >> $DID"
)");
  for (int i = 0; i < 3; ++i) told.davit({"create"});
  CHECK(told.davit({"run"}).status == 4);
  told.davit({"approve", "web/2", "dev", "--yes"});
  const Spoken run = told.davit({"run"});
  CHECK(run.status == 4);
  CHECK(says(run, "web/1 goes first"));
  CHECK(told.did().empty());
  CHECK(told.davit({"approve", "web/1", "dev", "--yes", "--run"}).status == 4);
  CHECK(told.did() == "web/1\nweb/2\n");
  CHECK(told.davit({"approve", "web/3", "dev", "--yes", "--run"}).status == 0);
  CHECK(told.did() == "web/1\nweb/2\nweb/3\n");
}

TEST_CASE("queue = latest: only the newest that waits is deployed") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
queue = "latest"
steps = [{ run = "echo $DAVIT_RELEASE >> $DID" }]
)");
  for (int i = 0; i < 3; ++i) told.davit({"create"});
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.did() == "web/3\n");
}

TEST_CASE("a draft is deployed when it is started; an abandoned release never") {
  Told told(kManual);
  CHECK(says(told.davit({"create", "--draft"}), "davit start web/1"));
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.davit({"deploy", "web/1", "dev"}).status == 3);
  CHECK(told.did().empty());
  CHECK(told.davit({"start", "web/1"}).status == 0);
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.did() == "dev web/1\n");

  told.davit({"create"});
  CHECK(told.davit({"abandon", "web/2", "-m", "superseded"}).status == 0);
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.davit({"deploy", "web/2", "dev"}).status == 3);
  CHECK(told.did() == "dev web/1\n");
}

TEST_CASE("a bad release goes nowhere until it is good again") {
  Told told(kManual);
  told.davit({"create", "--deploy"});
  CHECK(told.davit({"mark", "bad", "web/1", "-m", "loses carts"}).status == 0);
  const Spoken refused = told.davit({"promote", "web/1", "production"});
  CHECK(refused.status == 3);
  CHECK(says(refused, "loses carts"));
  CHECK(told.did() == "dev web/1\n");
  CHECK(told.davit({"mark", "good", "web/1"}).status == 0);
  CHECK(told.davit({"promote", "web/1", "production"}).status == 0);
  CHECK(told.times("production web/1") == 1);
}

TEST_CASE("what was refused is not asked for behind one's back") {
  Told told(kManual);
  told.davit({"create", "--deploy"});
  told.davit({"mark", "bad", "web/1", "-m", "loses carts"});
  CHECK(told.davit({"redeploy", "web/1", "dev"}).status == 3);
  told.davit({"mark", "good", "web/1"});
  told.davit({"run"});
  CHECK(told.times("dev web/1") == 1);
}

TEST_CASE("a locked environment takes nothing, and says by whom and why") {
  Told told(kManual);
  told.davit({"create"});
  CHECK(told.davit({"lock", "dev", "-m", "incident 4711"}).status == 0);
  const Spoken run = told.davit({"run"});
  CHECK(run.status == 4);
  CHECK(says(run, "locked by alice"));
  CHECK(says(run, "incident 4711"));
  CHECK(says(run, "davit unlock web dev"));
  CHECK(told.did().empty());
  CHECK(told.davit({"unlock", "dev"}).status == 2);  // nobody to ask, and no --yes
  CHECK(told.davit({"unlock", "dev", "--yes"}).status == 0);
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.did() == "dev web/1\n");
}

TEST_CASE("a manual step: the run stops there, resume goes on") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo before >> $DID"
  [[environments.dev.steps]]
  name = "Cable"
  manual = "swap the cable"
  [[environments.dev.steps]]
  run = "echo after >> $DID"
)");
  const Spoken stopped = told.davit({"create", "--deploy"});
  CHECK(stopped.status == 4);
  CHECK(says(stopped, "swap the cable"));
  CHECK(says(stopped, "davit resume web/1 dev"));
  CHECK(told.did() == "before\n");
  CHECK(says(told.davit({"status"}), "at a manual step"));
  CHECK(told.davit({"run"}).status == 4);
  CHECK(told.did() == "before\n");
  told.davit({"create"});
  const Spoken other = told.davit({"resume", "web/2", "dev"});
  CHECK(other.status == 3);
  CHECK(says(other, "davit resume web/1 dev"));
  CHECK(told.did() == "before\n");
  told.davit({"abandon", "web/2"});
  CHECK(told.davit({"resume", "dev", "-m", "swapped"}).status == 0);
  CHECK(told.did() == "before\nafter\n");
  CHECK(says(told.davit({"status"}), "✔ 1"));
  CHECK(told.davit({"verify"}).status == 0);
}

TEST_CASE("show and where tell of the environments in the order of the pipeline") {
  Told told(R"(
[environments.production]
needs = ["staging"]
steps = [{ run = "true" }]
[environments.staging]
needs = ["test"]
steps = [{ run = "true" }]
[environments.test]
deploy_on = "release"
steps = [{ run = "true" }]
)");
  CHECK(told.davit({"create", "--deploy"}).status == 0);
  const auto shown = told.davit({"show", "web/1"}).out;
  CHECK(shown.find("test ") < shown.find("staging "));
  CHECK(shown.find("staging ") < shown.find("production "));
  CHECK(shown.find("production ") != std::string::npos);
  const auto where = told.davit({"where", "HEAD"}).out;
  CHECK(where.find("test (") < where.find("staging ("));
  CHECK(where.find("staging (") < where.find("production ("));
  CHECK(where.find("production (") != std::string::npos);
}

}  // namespace
