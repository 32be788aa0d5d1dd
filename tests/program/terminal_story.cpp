// SPDX-License-Identifier: MIT
// A person at a terminal: questions, Ctrl-C, a window that is closed.
#include <doctest/doctest.h>
#include <signal.h>

#include "tests/program/terminal.hpp"
#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Spoken;
using program::Terminal;
using program::Told;

const char* const kApproved = R"(
[environments.dev]
deploy_on = "release"
before = [{ approval = { from = ["group:team"] } }]
steps = [{ run = "echo dev >> $DID" }]
)";

// The second step waits until the file `go` is there: it is a long one that a story ends.
const char* const kLong = R"(
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  run = "echo one >> $DID"
  [[environments.dev.steps]]
  name = "Long"
  run = "echo two >> $DID; while ! test -e $DID.go; do sleep 0.05; done; echo two ended >> $DID"
  [[environments.dev.steps]]
  run = "echo three >> $DID"
)";

TEST_CASE("approving asks, and only a yes is one") {
  Told told(kApproved);
  told.davit({"create"});
  for (const char* answer : {"n\n", "\n"}) {
    Terminal terminal(told, {"approve", "web/1", "dev"});
    terminal.expect("[y/N");
    terminal.send(answer);
    CHECK(terminal.wait() == 1);
    CHECK(told.davit({"run"}).status == 4);
  }
  CHECK(told.did().empty());
  Terminal terminal(told, {"approve", "web/1", "dev"});
  terminal.expect("[y/N");
  terminal.send("y\n");
  CHECK(terminal.wait() == 0);
  CHECK(terminal.screen().find("approved web/1 for dev") != std::string::npos);
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.did() == "dev\n");
}

TEST_CASE("Ctrl-C at a question decides nothing") {
  Told told(kApproved);
  told.davit({"create"});
  Terminal terminal(told, {"approve", "web/1", "dev"});
  terminal.expect("[y/N");
  terminal.interrupt();
  CHECK(terminal.wait() != 0);
  CHECK(told.davit({"run"}).status == 4);
  CHECK(told.did().empty());
}

TEST_CASE("Ctrl-C once: the running step ends, resume does the rest") {
  Told told(kLong);
  told.davit({"create"});
  Terminal terminal(told, {"run"});
  told.wait_for("two");
  terminal.interrupt();
  terminal.expect("again: at once");
  told.write(".git/did.go", "");
  CHECK(terminal.wait() == 1);
  CHECK(terminal.transcript().find("davit resume web/1 dev") != std::string::npos);
  CHECK(told.did() == "one\ntwo\ntwo ended\n");

  const Spoken waits = told.davit({"run"});
  CHECK(waits.status == 4);
  CHECK(says(waits, "davit resume web/1 dev"));
  CHECK(told.davit({"resume", "web/1", "dev"}).status == 0);
  CHECK(told.did() == "one\ntwo\ntwo ended\nthree\n");
  CHECK(told.davit({"verify"}).status == 0);
}

TEST_CASE("Ctrl-C twice: the running step is ended at once") {
  Told told(kLong);
  told.davit({"create"});
  Terminal terminal(told, {"run"});
  told.wait_for("two");
  terminal.interrupt();
  terminal.expect("again: at once");
  terminal.interrupt();
  CHECK(terminal.wait() != 0);
  told.write(".git/did.go", "");
  CHECK(told.did() == "one\ntwo\n");
  CHECK(says(told.davit({"status"}), "unfinished"));

  CHECK(told.davit({"resume", "web/1", "dev", "--yes"}).status == 0);
  CHECK(told.times("one") == 1);
  CHECK(told.times("two ended") == 1);
  CHECK(told.times("three") == 1);
  CHECK(told.davit({"verify"}).status == 0);
}

TEST_CASE("somebody else cancels: the running step is ended, and it is said where") {
  Told told(kLong);
  told.davit({"create"});
  Terminal terminal(told, {"run"});
  told.wait_for("two");
  told.as("bob@example.com");
  CHECK(told.davit({"cancel", "web/1", "dev", "--yes", "-m", "wrong release"}).status == 0);
  CHECK(terminal.wait() == 1);
  CHECK(terminal.transcript().find("canceled at Long") != std::string::npos);
  told.write(".git/did.go", "");
  CHECK(told.davit({"run"}).status == 0);
  CHECK(told.did() == "one\ntwo\n");
  CHECK(says(told.davit({"status"}), "canceled"));
  CHECK(told.davit({"verify"}).status == 0);
}

TEST_CASE("a closed window stops it like Ctrl-C: nothing is lost") {
  Told told(kLong);
  told.davit({"create"});
  Terminal terminal(told, {"run"});
  told.wait_for("two");
  terminal.hang_up();
  told.write(".git/did.go", "");
  terminal.wait();
  CHECK(told.davit({"resume", "web/1", "dev", "--yes"}).status == 0);
  CHECK(told.times("one") == 1);
  CHECK(told.times("two ended") == 1);
  CHECK(told.times("three") == 1);
  CHECK(told.davit({"verify"}).status == 0);
}

}  // namespace
