// SPDX-License-Identifier: MIT
// When a deployment fails: back to what was good, unless something can't be undone.
#include <doctest/doctest.h>

#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Spoken;
using program::Told;

const char* const kRollsBack = R"(
[environments.dev]
deploy_on  = "release"
on_failure = "rollback"
  [[environments.dev.steps]]
  name = "Switch"
  run  = "echo $DAVIT_RELEASE >> $DID"
  [[environments.dev.steps]]
  name = "Smoke test"
  run  = "grep -q good condition"
)";

const char* const kIrreversible = R"(
[environments.dev]
deploy_on  = "release"
on_failure = "rollback"
  [[environments.dev.steps]]
  name = "Migrate"
  run  = "echo $DAVIT_RELEASE >> $DID"
  reversible = false
  [[environments.dev.steps]]
  name = "Smoke test"
  run  = "grep -q good condition"
)";

TEST_CASE("a failing release rolls back to the one before") {
  Told told(kRollsBack);
  CHECK(told.davit({"create", "--deploy"}).status == 0);
  told.commit_condition("broken");
  const Spoken failed = told.davit({"create", "--deploy"});
  CHECK(failed.status == 6);
  CHECK(says(failed, "failed at Smoke test"));
  CHECK(says(failed, "rolled back: web/1 is live in dev"));
  CHECK(says(failed, "the whole log: davit log web/2 dev"));
  CHECK(told.did() == "web/1\nweb/2\nweb/1\n");
  CHECK(says(told.davit({"status"}), "✔ 1"));
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.did() == "web/1\nweb/2\nweb/1\n");
  CHECK(told.davit({"verify"}).status == 0);
}

TEST_CASE("after a rollback status says what failed, until something newer succeeds") {
  Told told(kRollsBack);
  told.davit({"create", "--deploy"});
  told.commit_condition("broken");
  CHECK(told.davit({"create", "--deploy"}).status == 6);
  const Spoken status = told.davit({"status"});
  CHECK(says(status, "✔ 1"));
  CHECK(says(status, "✘ 2 failed"));
  CHECK(says(status, "1 failed"));
  CHECK(says(told.davit({"status", "--json"}),
             R"("failed":{"release":"web/2","attempt":1,"outcome":"failed")"));
  const Spoken why = told.davit({"why", "web/2", "dev"});
  CHECK(says(why, "attempt 1 failed"));
  CHECK(says(why, "Smoke test"));
  CHECK(says(why, "davit retry web/2 dev"));
  CHECK(says(told.davit({"history"}), "failed web/2 → dev"));
  told.commit_condition("good");
  CHECK(told.davit({"create", "--deploy"}).status == 0);
  CHECK_FALSE(says(told.davit({"status"}), "failed"));
}

TEST_CASE("after a rollback by hand all is well, and the ledger says why") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
steps = [{ run = "echo $DAVIT_RELEASE >> $DID; grep -q good condition" }]
)");
  told.davit({"create", "--deploy"});
  told.commit_condition("broken");
  CHECK(told.davit({"create", "--deploy"}).status == 1);
  CHECK(says(told.davit({"status"}), "✘ 2 failed"));
  CHECK(told.davit({"rollback", "dev", "--yes", "-m", "carts are lost"}).status == 0);
  const Spoken status = told.davit({"status"});
  CHECK(says(status, "✔ 1"));
  CHECK_FALSE(says(status, "failed"));
  const Spoken history = told.davit({"history"});
  CHECK(says(history, "failed web/2 → dev"));
  CHECK(says(history, "asked to roll back to web/1 in dev (attempt 2): \"carts are lost\""));
  CHECK(says(told.davit({"retry", "web/2", "dev"}), "failed"));
  CHECK(told.davit({"verify"}).status == 0);
}

TEST_CASE("the reason for what is deployed at once is in the ledger, too") {
  Told told(kRollsBack);
  told.davit({"create"});
  CHECK(told.davit({"deploy", "web/1", "dev", "--reason", "the fair opens"}).status == 0);
  CHECK(says(told.davit({"history"}), "asked to deploy web/1 to dev: \"the fair opens\""));
}

TEST_CASE("what failed can be approved and tried again, in either order") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
before = [{ approval = { from = ["group:team"] } }]
steps = [{ run = "echo $DAVIT_RELEASE >> $DID; grep -q good condition" }]
)");
  told.commit_condition("broken");
  told.davit({"create"});
  CHECK(told.davit({"approve", "web/1", "dev", "--yes", "--run"}).status == 1);
  CHECK(says(told.davit({"why", "web/1", "dev"}), "davit approve web/1 dev"));
  CHECK(told.davit({"approve", "web/1", "dev", "--yes"}).status == 0);
  CHECK(told.davit({"retry", "web/1", "dev"}).status == 1);
  CHECK(told.did() == "web/1\nweb/1\n");
  CHECK(told.davit({"retry", "web/1", "dev"}).status == 4);
  CHECK(told.davit({"approve", "web/1", "dev", "--yes", "--run"}).status == 1);
  CHECK(told.did() == "web/1\nweb/1\nweb/1\n");
}

TEST_CASE("the first release that fails has nothing to go back to") {
  Told told(kRollsBack);
  told.commit_condition("broken");
  const Spoken failed = told.davit({"create", "--deploy"});
  CHECK(failed.status == 1);
  CHECK(says(failed, "davit retry web/1 dev tries again"));
  CHECK(told.did() == "web/1\n");
  CHECK(says(told.davit({"status"}), "failed"));
}

TEST_CASE("while the first release is under way a rollback says how to stop it") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
steps = [{ manual = "swap the cable" }]
)");
  const Spoken stopped = told.davit({"create", "--deploy"});
  CHECK(says(stopped, "give up: davit cancel web/1 dev"));
  const Spoken back = told.davit({"rollback", "dev", "--yes"});
  CHECK(back.status == 3);
  CHECK(says(back, "davit cancel web/1 dev"));
}

TEST_CASE("a rollback on request goes to the release that was good before") {
  Told told(kRollsBack);
  CHECK(told.davit({"create", "--deploy"}).status == 0);
  CHECK(told.davit({"create", "--deploy"}).status == 0);
  const Spoken back = told.davit({"rollback", "dev", "--yes"});
  CHECK(back.status == 0);
  CHECK(says(back, "2 → 1 in dev"));
  CHECK(told.did() == "web/1\nweb/2\nweb/1\n");
  const Spoken further = told.davit({"rollback", "dev", "--yes"});
  CHECK(further.status == 3);
  CHECK(says(further, "no earlier good release"));
  CHECK(told.did() == "web/1\nweb/2\nweb/1\n");
}

TEST_CASE("past a step that can't be undone nothing rolls back by itself") {
  Told told(kIrreversible);
  told.davit({"create", "--deploy"});
  told.commit_condition("broken");
  const Spoken failed = told.davit({"create", "--deploy"});
  CHECK(failed.status == 1);
  CHECK(says(failed, "not rolled back"));
  CHECK(says(failed, "Migrate"));
  CHECK(told.did() == "web/1\nweb/2\n");
}

TEST_CASE("past a step that can't be undone a rollback needs --force") {
  Told told(kIrreversible);
  told.davit({"create", "--deploy"});
  told.davit({"create", "--deploy"});
  const Spoken refused = told.davit({"rollback", "dev", "--yes"});
  CHECK(refused.status == 3);
  CHECK(says(refused, "Migrate"));
  CHECK(says(refused, "davit rollback web dev --force"));
  CHECK(told.did() == "web/1\nweb/2\n");
  CHECK(told.davit({"rollback", "dev", "--yes", "--force"}).status == 0);
  CHECK(told.did() == "web/1\nweb/2\nweb/1\n");
}

TEST_CASE("a step after a failure runs when it says so") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo tried >> $DID; exit 9"
  [[environments.dev.steps]]
  run = "echo never >> $DID"
  [[environments.dev.steps]]
  when = "failure"
  run = "echo sorry >> $DID"
  [[environments.dev.steps]]
  when = "always"
  run = "echo clean >> $DID"
)");
  const Spoken failed = told.davit({"create", "--deploy"});
  CHECK(failed.status == 1);
  CHECK(says(failed, "exit status 9"));
  CHECK(told.did() == "tried\nsorry\nclean\n");
}

TEST_CASE("a step that fails at first is tried as often as it says") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo try >> $DID; test $(wc -l < $DID) -ge 3"
  retries = 5
  every = "1s"
)");
  const Spoken run = told.davit({"create", "--deploy"});
  CHECK(run.status == 0);
  CHECK(says(run, " | ↻ try 1 of 6: exit status 1; again in 1s\n"));
  CHECK_FALSE(says(run, "try 2 of 6"));  // which was no other failure, soon after
  CHECK(told.did() == "try\ntry\ntry\n");
}

TEST_CASE("a step that takes too long is ended") {
  Told told(R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  name = "Slow"
  run = "echo begun >> $DID; sleep 1000; echo ended >> $DID"
  timeout = "1s"
)");
  const Spoken failed = told.davit({"create", "--deploy"});
  CHECK(failed.status == 1);
  CHECK(says(failed, "Slow"));
  CHECK(told.did() == "begun\n");
}

}  // namespace
