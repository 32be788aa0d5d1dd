// SPDX-License-Identifier: MIT
// Steps on targets over SSH: real sshd, real OpenSSH client.
#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;
using program::Told;

const char* const kTwoSteps = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did; echo \"I am $DAVIT_TARGET\""
  [[environments.dev.steps]]
  name = "Two"
  run = "echo two >>did"
)";

TEST_CASE("every step runs on every target, and its output says where") {
  Site site(3, on_targets(kTwoSteps));
  const Spoken run = site.told.davit({"run", "--verbose"});
  CHECK_MESSAGE(run.status == 0, run.err);
  for (int host = 1; host <= 3; ++host) {
    CHECK(site.fleet.read(host, "did") == "one\ntwo\n");
    CHECK(says(run, "I am " + site.fleet.name(host)));
  }
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "One@127.0.1.2 | I am 127.0.1.2"));
  CHECK(says(site.told.davit({"status"}), "✔ 1"));
  CHECK(site.told.davit({"verify"}).status == 0);
}

TEST_CASE("values and secrets reach the targets by no command line") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Tell"
  run = "printf %s \"$ODD\" >odd; printf %s \"$HUSH\" >hush; echo \"it is $HUSH\"; cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -c 'hush-[h]u' >seen || :"
  env = { ODD = "a'b\"c\n$(id)`", HUSH = { secret = "env:HUSH" } }
)"));
  site.told.set("HUSH", "hush-hush-secret");
  const Spoken run = site.told.davit({"run", "--verbose"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "odd") == "a'b\"c\n$(id)`");
  CHECK(site.fleet.read(1, "hush") == "hush-hush-secret");
  CHECK(site.fleet.read(1, "seen") == "0\n");
  CHECK_FALSE(says(run, "hush-hush"));
}

// Fails where there is a file `bad`.
const char* const kBad = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did; test ! -e bad"
  [[environments.dev.steps]]
  name = "Two"
  run = "echo two >>did"
)";

TEST_CASE("a batch that fails keeps the others from being touched") {
  Site site(3, on_targets(kBad, "rollout = { batches = [\"1\"] }\n"));
  site.fleet.write(2, "bad", "");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "One on 127.0.1.2: exit status 1"));
  CHECK(site.fleet.read(1, "did") == "one\ntwo\n");
  CHECK(site.fleet.read(2, "did") == "one\n");
  CHECK(site.fleet.read(3, "did").empty());
}

TEST_CASE("so many failures as are allowed end as partial") {
  Site site(3, on_targets(kBad, "rollout = { max_failures = \"2\" }\n"));
  site.fleet.write(2, "bad", "");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 5, run.err);
  CHECK(site.fleet.read(1, "did") == "one\ntwo\n");
  CHECK(site.fleet.read(2, "did") == "one\n");
  CHECK(site.fleet.read(3, "did") == "one\ntwo\n");
}

TEST_CASE("a host that can't be reached fails, or is left behind where the rollout says so") {
  Site site(1, on_targets(kTwoSteps));
  auto team = site.fleet.team();
  team.replace(team.find("\"127.0.1.1\""), 11, "\"127.0.1.1\", \"127.0.1.77\"");
  site.told.write(".davit/team.toml", team);
  site.told.commit("one more");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "One on 127.0.1.77: can't reach it: "));
  CHECK_MESSAGE(says(run, "; is it up, and does sshd listen there?"), run.out << run.err);
  site.told.write(".davit/definitions/web.toml",
                  on_targets(kTwoSteps, "rollout = { unreachable = \"skip\" }\n"));
  site.told.commit("skip");
  site.told.davit({"create"});
  const Spoken again = site.told.davit({"run"});
  CHECK_MESSAGE(again.status == 5, again.err);
  CHECK(site.fleet.read(1, "did") == "one\none\ntwo\n");
}

TEST_CASE("an unknown host key is refused") {
  Site site(1, on_targets(kTwoSteps));
  auto team = site.fleet.team();
  team += "options = [\"UserKnownHostsFile=/dev/null\"]\n";
  site.told.write(".davit/team.toml", team);
  site.told.commit("no keys");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "Host key verification failed"));
  CHECK(site.fleet.read(1, "did").empty());
}

TEST_CASE("what is to be done once is done on one target, and what is local is done here") {
  Site site(3, on_targets(R"(
  [[environments.dev.steps]]
  name = "Migrate"
  run = "echo migrated >>did"
  once = true
  [[environments.dev.steps]]
  name = "Tell"
  run = "echo told >> $DID"
  on = "local"
)"));
  CHECK(site.told.davit({"run"}).status == 0);
  CHECK(site.fleet.read(1, "did") == "migrated\n");
  CHECK(site.fleet.read(2, "did").empty());
  CHECK(site.told.did() == "told\n");
}

TEST_CASE("a connection that is cut is made again, and no line is lost or doubled") {
  Site site(2, on_targets(R"(
  [[environments.dev.steps]]
  name = "Slow"
  run = "echo begun >>did; for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 0.2; done; echo ended >>did"
)"));
  auto running = site.told.start_davit({"run"});
  site.wait_for(1, "did", "begun");
  site.wait_for(2, "did", "begun");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  site.fleet.cut();
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.err);
  for (int host = 1; host <= 2; ++host) CHECK(site.fleet.read(host, "did") == "begun\nended\n");
  const auto log = site.told.davit({"log", "web/1", "dev"}).out;
  for (int i = 1; i <= 8; ++i) {
    const auto line = "Slow@127.0.1.1 | line " + std::to_string(i) + "\n";
    const auto at = log.find(line);
    CHECK_MESSAGE(at != std::string::npos, log);
    CHECK(log.find(line, at + 1) == std::string::npos);
  }
}

TEST_CASE("davit is killed while a target works: resume asks the target, and runs nothing twice") {
  Site site(2, on_targets(R"(
  [[environments.dev.steps]]
  name = "Slow"
  run = "echo begun >>did; sleep 1; echo ended >>did"
  [[environments.dev.steps]]
  name = "Last"
  run = "echo last >>did"
)"));
  {
    auto running = site.told.start_davit({"run"});
    site.wait_for(1, "did", "begun");
    site.wait_for(2, "did", "begun");
    running.kill(SIGKILL);
    running.wait();
  }
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 0, resumed.err);
  for (int host = 1; host <= 2; ++host)
    CHECK(site.fleet.read(host, "did") == "begun\nended\nlast\n");
}

TEST_CASE("hosts are listed with what is deployed there, and the plan says where it goes") {
  Site site(3, on_targets(kTwoSteps, "rollout = { batches = [\"1\", \"100%\"] }\n"));
  CHECK(says(site.told.davit({"plan", "web/1", "dev"}),
             "targets  127.0.1.1, 127.0.1.2, 127.0.1.3 in 2 batches (1, 2)"));
  CHECK(site.told.davit({"run"}).status == 0);
  const auto all = site.told.davit({"hosts"}).out;
  CHECK(says({.out = all}, "127.0.1.3  web"));
  CHECK(says({.out = all}, "web/1 dev"));
  CHECK(site.told.davit({"hosts", "127.0.1.2"}).out.find("127.0.1.1") == std::string::npos);
  CHECK(says(site.told.davit({"hosts", "wep"}), "did you mean"));
}

TEST_CASE("a host's key is shown, and trusted by a file that is committed") {
  Site site(1, on_targets(kTwoSteps));
  // Without the tests' own file of keys.
  auto config = site.fleet.ssh_config();
  config.erase(config.find("  UserKnownHostsFile"),
               config.find("\n", config.find("  UserKnownHostsFile")) + 1 -
                   config.find("  UserKnownHostsFile"));
  site.told.write(".davit/ssh_config", config);
  site.told.commit("no keys");
  CHECK(
      says(site.told.davit({"run"}), "Host key verification failed; davit hosts trust 127.0.1.1"));
  const Spoken asked = site.told.davit({"hosts", "trust"});
  CHECK(asked.status == 2);
  CHECK(says(asked, "SHA256:"));
  CHECK_FALSE(site.told.exists(".davit/known_hosts"));
  CHECK(site.told.davit({"hosts", "trust", "--yes"}).status == 0);
  CHECK(says(site.told.davit({"hosts", "trust"}), "nothing new"));
  CHECK(says(site.told.davit({"retry", "web/1", "dev"}), "; commit .davit/known_hosts"));
  CHECK(says(site.told.davit({"doctor"}), "commit .davit/known_hosts"));
  site.told.commit("trusted");
  CHECK(site.told.davit({"retry", "web/1", "dev"}).status == 0);
  CHECK(site.fleet.read(1, "did") == "one\ntwo\n");
}

TEST_CASE("two names of one account are two targets") {
  Site site(1, on_targets(kTwoSteps));
  auto team = site.fleet.team();
  team.replace(team.find("\"127.0.1.1\""), 11, "\"127.0.1.1\", \"one.test\"");
  site.told.write(".davit/team.toml", team);
  site.told.write(
      ".davit/ssh_config",
      "Host one.test\n  HostName 127.0.1.1\n  HostKeyAlias [127.0.1.1]:" + site.fleet.port() +
          "\n  CheckHostIP no\n"
          "Match originalhost one.test,127.0.1.1\n" +
          site.fleet.ssh_config().substr(site.fleet.ssh_config().find('\n') + 1));
  site.told.commit("an alias");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did").size() == std::string("one\ntwo\none\ntwo\n").size());
}

TEST_CASE("a step that takes too long is ended on its target") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Long"
  run = "echo $$ >pid; sleep 600"
  timeout = "500ms"
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "took too long and was ended"));
  const auto pid = site.fleet.read(1, "pid");
  REQUIRE(!pid.empty());
  CHECK(::kill(std::stoi(pid), 0) != 0);
}

TEST_CASE("a step that took too long is tried again") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Second"
  run = "test -e first && exit 0; touch first; sleep 600"
  timeout = "500ms"
  retries = 1
  every = "10ms"
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
}

TEST_CASE("a step's time runs on while davit is dead") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Long"
  run = "echo begun >>did; sleep 600"
  timeout = "2s"
)"));
  site.kill_when({"run"}, 1, "did", "begun");
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK(resumed.status == 1);
  CHECK(says(resumed, "took too long and was ended"));
}

TEST_CASE("what outlives TERM is killed") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Deaf"
  run = "(trap '' TERM; echo begun >>did; exec sleep 600) & echo $! >pid; wait"
  timeout = "500ms"
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "took too long and was ended"));
  CHECK_FALSE(says(run, "could not be ended"));
  const auto pid = site.fleet.read(1, "pid");
  REQUIRE(!pid.empty());
  const auto looked = site.told.run({"sh", "-c", "ps -o stat= -p " + pid}).out;
  CHECK((looked.empty() || looked.front() == 'Z'));
}

TEST_CASE("stopped while the way is lost: resume asks the target, and runs nothing twice") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Slow"
  run = "echo begun >>did; sleep 1; echo ended >>did"
)"));
  auto running = site.told.start_davit({"run"});
  site.wait_for(1, "did", "begun");
  site.fleet.cut_off();
  running.kill(SIGINT);
  CHECK(running.wait().status != 0);
  site.fleet.start();
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 0, resumed.err);
  CHECK(site.fleet.read(1, "did") == "begun\nended\n");
}

TEST_CASE(
    "who was left behind is not counted as a failure after a resume, and gets no later step") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did"
  [[environments.dev.steps]]
  manual = "look"
  [[environments.dev.steps]]
  name = "Two"
  run = "echo two >>did"
)",
                          "rollout = { unreachable = \"skip\" }\n"));
  auto team = site.fleet.team();
  team.replace(team.find("\"127.0.1.1\""), 11, "\"127.0.1.1\", \"127.0.1.77\"");
  site.told.write(".davit/team.toml", team);
  site.told.commit("one more");
  CHECK(site.told.davit({"run"}).status == 4);
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 5, resumed.err);
  CHECK(site.fleet.read(1, "did") == "one\ntwo\n");
}

TEST_CASE("between two batches there is a pause") {
  Site site(2, on_targets(R"(
  [[environments.dev.steps]]
  run = "date +%s%N >when"
)",
                          "rollout = { batches = [\"1\"], pause = \"1s\" }\n"));
  CHECK(site.told.davit({"run"}).status == 0);
  CHECK(std::stoll(site.fleet.read(2, "when")) - std::stoll(site.fleet.read(1, "when")) >=
        1000000000);
}

TEST_CASE("options of the team can't make ssh trust whom it does not know") {
  Site site(1, on_targets(kTwoSteps));
  site.told.write(
      ".davit/team.toml",
      site.fleet.team() +
          "options = [\"UserKnownHostsFile=/dev/null\", \"StrictHostKeyChecking=no\"]\n");
  site.told.commit("lenient");
  CHECK(says(site.told.davit({"run"}), "Host key verification failed"));
  CHECK(site.fleet.read(1, "did").empty());
}

TEST_CASE("a step of Windows is refused on other targets, and so is one that was pinned before") {
  Told told(
      "[environments.dev]\ndeploy_on = \"release\"\n"
      "steps = [{ run = \"ls\", shell = \"pwsh\" }]\n");
  told.davit({"create"});
  told.write(".davit/definitions/web.toml", on_targets(kTwoSteps));
  told.write(".davit/team.toml", "[targets.web]\nhosts = [\"unix1\"]\n");
  told.commit("it has moved");
  CHECK(says(told.davit({"plan", "web/1", "dev"}), "pwsh steps on other than Windows targets"));
  CHECK(told.davit({"deploy", "web/1", "dev"}).status == 3);
}

TEST_CASE("outputs of a target reach later steps") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Ask"
  run = "echo COLOUR=green >>\"$DAVIT_OUTPUT\""
  outputs = ["COLOUR"]
  [[environments.dev.steps]]
  name = "Use"
  run = "echo $COLOUR >>did"
)"));
  CHECK(site.told.davit({"run"}).status == 0);
  CHECK(site.fleet.read(1, "did") == "green\n");
}

TEST_CASE("a ledger that was begun anew finds nothing done on a target by the one before") {
  Site site(1, on_targets(kTwoSteps));
  CHECK(site.told.davit({"run"}).status == 0);
  site.told.git({"update-ref", "-d", "refs/davit/ledger/web"});
  site.told.run({"rm", "-rf", ".git/davit"});
  CHECK(site.told.davit({"create"}).status == 0);
  const Spoken again = site.told.davit({"run"});
  CHECK_MESSAGE(again.status == 0, again.err);
  CHECK(site.fleet.read(1, "did") == "one\ntwo\none\ntwo\n");
}

}  // namespace
