// SPDX-License-Identifier: MIT
// Going back on targets: real sshd, real OpenSSH client.
#include <doctest/doctest.h>

#include "tests/program/site.hpp"

namespace {

using program::says;
using program::Site;
using program::Spoken;

// Release 1 went well on all of them, one at a time; release 2 is cut. A step of release 2 fails
// where there is a file `bad`, one of release 1 where there is a file `bad-back`.
struct Trouble : Site {
  int hosts;
  explicit Trouble(int count) : Site(count, definition("one", "test ! -e bad-back")), hosts(count) {
    REQUIRE(told.davit({"run"}).status == 0);
    cut("two", "test ! -e bad");
  }
  // A release whose steps say this word, and look whether this is so.
  void cut(const std::string& word, const std::string& test) {
    told.write(".davit/definitions/web.toml", definition(word, test));
    told.commit(word);
    told.davit({"create"});
  }
  static std::string definition(const std::string& word, const std::string& test) {
    return program::on_targets(R"(
  [[environments.dev.steps]]
  name = "Say"
  run = "echo )" + word + R"( >>did; echo $DAVIT_TARGET >>../order"
  [[environments.dev.steps]]
  name = "Look"
  run = ")" + test + R"("
  [[environments.dev.steps]]
  name = "Here"
  run = "echo )" + word + R"( >> $DID"
  on = "local"
)",
                               "rollout = { batches = [\"1\"] }\non_failure = \"rollback\"\n");
  }
  // The order in which the targets did something since release 1.
  std::string order() const {
    const auto all = fleet.read(1, "../order");
    std::string first;
    for (int host = 1; host <= hosts; ++host) first += fleet.name(host) + "\n";
    REQUIRE(all.substr(0, first.size()) == first);
    return all.substr(first.size());
  }
};

TEST_CASE("where nothing was begun anywhere, nothing goes back") {
  Trouble site(1);
  site.fleet.stop();
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 1, run.err);
  CHECK(says(run, "can't reach it"));
  CHECK_FALSE(says(run, "rolled back"));
  site.fleet.start();
  CHECK(site.fleet.read(1, "did") == "one\n");
  CHECK(site.told.davit({"retry", "web/2", "dev"}).status == 0);
  CHECK(site.fleet.read(1, "did") == "one\ntwo\n");
}

TEST_CASE("what failed in the second of three batches goes back where it was, and nowhere else") {
  Trouble site(3);
  site.fleet.write(2, "bad", "");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 6, run.err);
  CHECK(site.order() == "127.0.1.1\n127.0.1.2\n127.0.1.2\n127.0.1.1\n");
  CHECK(site.fleet.read(1, "did") == "one\ntwo\none\n");
  CHECK(site.fleet.read(2, "did") == "one\ntwo\none\n");
  CHECK(site.fleet.read(3, "did") == "one\n");
  CHECK(site.told.did() == "one\none\n");
  const Spoken status = site.told.davit({"status"});
  CHECK(says(status, "✔ 1"));
  CHECK(says(status, "✘ 2 failed"));
  const Spoken history = site.told.davit({"history", "web"});
  CHECK(says(history, "failed web/2 → dev"));
  CHECK(says(history, "rollback to web/1 → dev (attempt 2)"));
  CHECK(says(site.told.davit({"show", "web/2"}), "Look on 127.0.1.2: exit status 1"));
  CHECK(says(site.told.davit({"log", "web/2", "dev"}), "Look@127.0.1.3 * skipped: Look failed"));
  CHECK(site.told.davit({"verify"}).status == 0);
}

TEST_CASE("a target that can't go back keeps no other from going back") {
  Trouble site(3);
  for (const char* file : {"bad", "bad-back"}) site.fleet.write(2, file, "");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 1, run.err);
  CHECK(says(run, "not rolled back: the rollback did not succeed everywhere: Look on 127.0.1.2"));
  CHECK(says(run, "davit redeploy web/1 dev"));
  CHECK(site.fleet.read(1, "did") == "one\ntwo\none\n");
  CHECK(site.fleet.read(3, "did") == "one\n");
  const Spoken status = site.told.davit({"status"});
  CHECK(says(status, "✔ 1 in part"));
  CHECK(says(status, "✘ 2 failed"));
}

TEST_CASE("davit is killed while it goes back: resume goes on with the same targets") {
  Trouble site(3);
  site.cut("three", "while test -e ../wait; do sleep 0.05; done");
  REQUIRE(site.told.davit({"deploy", "web/3", "dev"}).status == 0);
  site.cut("four", "test ! -e bad");
  site.fleet.write(2, "bad", "");
  site.fleet.write(2, "../wait", "");
  site.kill_when({"deploy", "web/4", "dev"}, 2, "did", "one\nthree\nfour\nthree\n");
  std::remove((site.fleet.home(2) + "/../wait").c_str());
  const Spoken resumed = site.told.davit({"resume", "web/3", "dev"});
  CHECK_MESSAGE(resumed.status == 0, resumed.err);
  for (int host = 1; host <= 2; ++host)
    CHECK(site.fleet.read(host, "did") == "one\nthree\nfour\nthree\n");
  CHECK(site.fleet.read(3, "did") == "one\nthree\n");
  CHECK(says(site.told.davit({"status"}), "✔ 3"));
}

TEST_CASE("a rollback of which nobody can tell is uncertain") {
  Trouble site(1);
  site.cut("three", "test ! -e bad || { kill -9 $PPID; echo lost >>did; }");
  REQUIRE(site.told.davit({"deploy", "web/3", "dev"}).status == 0);
  site.cut("four", "test ! -e bad");
  site.fleet.write(1, "bad", "");
  auto running = site.told.start_davit({"deploy", "web/4", "dev"});
  site.wait_for(1, "did", "lost");
  site.fleet.cut();
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 8, run.err);
  CHECK(says(run, "davit resume web/3 dev"));
}

TEST_CASE("what fails when it is resumed goes back, too") {
  Trouble site(1);
  site.cut("three", "while test -e ../wait; do sleep 0.05; done; test ! -e bad");
  site.fleet.write(1, "bad", "");
  site.fleet.write(1, "../wait", "");
  site.kill_when({"deploy", "web/3", "dev"}, 1, "did", "one\nthree\n");
  std::remove((site.fleet.home(1) + "/../wait").c_str());
  const Spoken resumed = site.told.davit({"resume", "web/3", "dev"});
  CHECK_MESSAGE(resumed.status == 6, resumed.err);
  CHECK(site.fleet.read(1, "did") == "one\nthree\none\n");
}

TEST_CASE("by hand, too, what never was live goes back where it was and nowhere else") {
  Trouble site(3);
  site.fleet.write(2, "bad", "");
  auto text = site.told.read(".davit/definitions/web.toml");
  text.replace(text.find("\"rollback\""), 10, "\"stop\"");
  site.told.write(".davit/definitions/web.toml", text);
  site.told.commit("stop");
  CHECK(site.told.davit({"run"}).status == 1);
  const Spoken back = site.told.davit({"rollback", "web", "dev", "--yes"});
  CHECK_MESSAGE(back.status == 0, back.err);
  CHECK(says(back, "on 127.0.1.1, 127.0.1.2 alone"));
  CHECK(site.order() == "127.0.1.1\n127.0.1.2\n127.0.1.2\n127.0.1.1\n");
}

TEST_CASE("from what was live everywhere, a rollback goes everywhere, in the usual order") {
  Trouble site(3);
  REQUIRE(site.told.davit({"run"}).status == 0);
  CHECK(site.told.davit({"rollback", "web", "dev", "--yes"}).status == 0);
  CHECK(site.order() == "127.0.1.1\n127.0.1.2\n127.0.1.3\n127.0.1.1\n127.0.1.2\n127.0.1.3\n");
}

}  // namespace
