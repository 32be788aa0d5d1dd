// SPDX-License-Identifier: MIT
// Steps on Windows targets: real sshd, real transports, and windows_shell.py in PowerShell's place.
#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/program/windows.hpp"

namespace {

namespace fs = std::filesystem;
using program::on_targets;
using program::says;
using program::Spoken;
using program::Windows;

const char* const kTwoSteps = R"(
  [[environments.dev.steps]]
  name = "One"
  run = "echo one >>did; echo \"I am $DAVIT_TARGET\""
  [[environments.dev.steps]]
  name = "Two"
  run = "echo two >>did"
)";

TEST_CASE("steps run on Windows targets, whatever their shell") {
  for (const char* shell : {"powershell", "pwsh", "cmd"}) {
    CAPTURE(shell);
    Windows site(2, on_targets(kTwoSteps), shell);
    const Spoken run = site.told.davit({"run", "--verbose"});
    CHECK_MESSAGE(run.status == 0, run.err);
    for (int host = 1; host <= 2; ++host) {
      CHECK(site.fleet.read(host, "did") == "one\ntwo\n");
      CHECK(says(run, "I am " + site.fleet.name(host)));
    }
    CHECK(says(site.told.davit({"status"}), "✔ 1"));
  }
}

TEST_CASE("both transports reach a Windows target, and doctor says so") {
  Windows site(1, on_targets(kTwoSteps));
  CHECK(site.told.davit({"run"}).status == 0);
  for (const char* transport : {"openssh", "libssh"}) {
    CAPTURE(transport);
    const Spoken doctor = site.told.davit({"doctor", "--transport", transport});
    CHECK_MESSAGE(says(doctor, transport), doctor.out);
    CHECK_FALSE(says(doctor, "✘ 127.0.1.1"));
    const Spoken run = site.told.davit({"redeploy", "web/1", "dev", "--transport", transport});
    CHECK_MESSAGE(run.status == 0, run.err);
  }
  CHECK(says(site.told.davit({"hosts"}), "web/1 dev"));
}

TEST_CASE("values of every kind reach a step on Windows, and stand in no command line") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Tell"
  run = "printf %s \"$ODD\" >odd; printf %s \"$HUSH\" >hush; cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -c 'hush-[h]u' >seen || :"
  env = { ODD = "a'b\"c\n$(id)`%PATH%! ‘’‚‛ “x” -x ^&|<> ü 𝄞\r\n'", HUSH = { secret = "env:HUSH" } }
)"));
  site.told.set("HUSH", "hush-hush-secret");
  const Spoken run = site.told.davit({"run", "--verbose"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "odd") == "a'b\"c\n$(id)`%PATH%! ‘’‚‛ “x” -x ^&|<> ü 𝄞\r\n'");
  CHECK(site.fleet.read(1, "hush") == "hush-hush-secret");
  CHECK(site.fleet.read(1, "seen") == "0\n");
}

TEST_CASE("exit codes of Windows are told as they are") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  run = "test ! -e crash || cat crash >$WINDOWS_EXIT; exit 3"
)"));
  CHECK(says(site.told.davit({"run"}), "exit status 3"));
  site.fleet.write(1, "crash", "-1073741819");
  CHECK(says(site.told.davit({"retry", "web/1", "dev"}), "exit status -1073741819"));
  site.fleet.write(1, "crash", "130");
  CHECK(says(site.told.davit({"retry", "web/1", "dev"}), "exit status 130"));
}

TEST_CASE("what Windows can't have as variables is refused before anything is done") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  run = "echo one >>did"
  env = { Colour = "x", COLOUR = "y" }
)"));
  CHECK(says(site.told.davit({"run"}), "COLOUR and Colour are one variable"));
  CHECK(site.fleet.read(1, "did").empty());
}

TEST_CASE("a step of another shell of Windows, a directory, and a condition") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Make"
  run = "mkdir -p 'My Shop'; echo first line\r\n: second"
  shell = "cmd"
  [[environments.dev.steps]]
  name = "There"
  run = "pwd >>~/where"
  shell = "pwsh"
  directory = "my shop"
  [[environments.dev.steps]]
  name = "Not this one"
  run = "echo two >>did"
  if = "test -e nothing"
  [[environments.dev.steps]]
  name = "Nowhere"
  run = "echo two >>did"
  directory = "D:\\nowhere"
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK(says(run, "Nowhere on 127.0.1.1: can't work in D:\\nowhere"));
  CHECK(says({.out = site.fleet.read(1, "where")}, "/My Shop"));
  CHECK(site.fleet.read(1, "did").empty());
}

TEST_CASE("outputs of a step on Windows reach later steps, in whatever it wrote them") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  run = "printf '\\377\\376C\\0=\\0\\374\\0\\r\\0\\n\\0' >$DAVIT_OUTPUT"
  outputs = ["C"]
  [[environments.dev.steps]]
  run = "printf %s \"$C\" >did"
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "ü");
}

TEST_CASE("the way to a Windows target is cut: no line is lost or doubled") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  name = "Slow"
  run = "echo begun >>did; for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 0.2; done; echo ended >>did"
)"));
  auto running = site.told.start_davit({"run"});
  site.wait_for(1, "did", "begun");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  site.fleet.cut();
  const Spoken run = running.wait();
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "begun\nended\n");
  const auto log = site.told.davit({"log", "web/1", "dev"}).out;
  for (int i = 1; i <= 8; ++i) {
    const auto line = "Slow@127.0.1.1 | line " + std::to_string(i) + "\n";
    const auto at = log.find(line);
    CHECK_MESSAGE(at != std::string::npos, log);
    CHECK(log.find(line, at + 1) == std::string::npos);
  }
}

TEST_CASE("davit is killed while a Windows target works: resume runs nothing twice") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  run = "echo begun >>did; sleep 1; echo ended >>did"
)"));
  {
    auto running = site.told.start_davit({"run"});
    site.wait_for(1, "did", "begun");
    running.kill(SIGKILL);
    running.wait();
  }
  const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 0, resumed.err);
  CHECK(site.fleet.read(1, "did") == "begun\nended\n");
}

TEST_CASE("a step that takes too long is ended on its Windows target, with all below it") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  run = "sleep 600 & echo $! >pid; trap '' TERM; wait; echo over >>did"
  timeout = "500ms"
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "took too long and was ended"));
  CHECK(site.fleet.read(1, "did").empty());
  const auto pid = site.fleet.read(1, "pid");
  REQUIRE(!pid.empty());
  const auto looked = site.told.run({"sh", "-c", "ps -o stat= -p " + pid}).out;
  CHECK((looked.empty() || looked.front() == 'Z'));
}

TEST_CASE("an older deployment is refused by a Windows target, and a receipt is kept there") {
  Windows site(1, on_targets(kTwoSteps));
  CHECK(site.told.davit({"run"}).status == 0);
  const Spoken verified = site.told.davit({"status", "--verify"});
  CHECK_MESSAGE(verified.status == 0, verified.out);
  CHECK(site.fleet.read(1, site.kept("receipts/web/dev/127.0.1.1")).starts_with("done web/1/dev/"));
  fs::create_directories(site.fleet.home(1) + "/" + site.kept("fences/web/dev/99"));
  CHECK(says(site.told.davit({"redeploy", "web/1", "dev"}),
             "a later deployment (lease 99) has been here"));
  CHECK(site.fleet.read(1, "did") == "one\ntwo\n");
}

TEST_CASE(
    "a Windows target is lost before it begins a step, and when it has begun one: done once") {
  for (const char* fault : {"deaf", "mute"}) {
    CAPTURE(fault);
    Windows site(1, on_targets(kTwoSteps));
    site.fleet.write(1, fault, "");
    const Spoken run = site.told.davit({"run"});
    CHECK_MESSAGE(run.status == 0, run.err);
    CHECK(site.fleet.read(1, "did") == "one\ntwo\n");
    CHECK_FALSE(fs::exists(site.fleet.home(1) + "/" + fault));
  }
}

TEST_CASE("the end of a step whose supervisor is killed on Windows is uncertain") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  run = "echo begun >>did; kill -9 $PPID; exec sleep 1"
)"));
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status != 0);
  CHECK_MESSAGE(says(run, "nobody can tell how it ended"), run.err);
  CHECK(site.fleet.read(1, "did") == "begun\n");
}

TEST_CASE("what davit keeps on a Windows target goes with the deployments that are old") {
  Windows site(1, on_targets(kTwoSteps));
  CHECK(site.told.davit({"run"}).status == 0);
  for (int again = 0; again < 11; ++again)
    CHECK(site.told.davit({"redeploy", "web/1", "dev"}).status == 0);
  const fs::directory_iterator runs(site.fleet.home(1) + "/" + site.kept("runs/web/1/dev"));
  CHECK(std::distance(begin(runs), end(runs)) == 10);
  for (const auto& file : fs::recursive_directory_iterator(site.fleet.home(1) + "/AppData"))
    CHECK(file.path().stem() != "script");
}

TEST_CASE("davit's files are where the target says, but never a whole drive") {
  Windows site(1, on_targets(kTwoSteps));
  const auto state = [&](const std::string& words) {
    auto team = site.fleet.team();
    const std::string table = "[targets.web]\n";
    team.insert(team.find(table) + table.size(), "shell = \"cmd\"\nstate = '''" + words + "'''\n");
    site.told.write(".davit/team.toml", team);
    site.told.commit("state in " + words);
  };
  state("D:\\");
  CHECK(says(site.told.davit({"run"}), "D: is a whole drive"));
  CHECK(site.fleet.read(1, "did").empty());
  state("D:\\it's davit's");
  CHECK(site.told.davit({"retry", "web/1", "dev"}).status == 0);
  CHECK(fs::exists(site.fleet.home(1) + "/drives/d/it's davit's"));
  CHECK_FALSE(fs::exists(site.fleet.home(1) + "/AppData"));
}

TEST_CASE("one environment has targets of both kinds, and each runs a step in its own shell") {
  auto definition = on_targets(kTwoSteps);
  definition.replace(definition.find("\"web\""), 5, "[\"web\", \"unix\"]");
  Windows site(2, definition);
  auto team = site.fleet.team() + "\n[targets.unix]\nhosts = [\"127.0.1.2\"]\n";
  const std::string both = "\"127.0.1.1\", \"127.0.1.2\"]";
  team.replace(team.find(both), both.size(), "\"127.0.1.1\"]\nshell = \"powershell\"");
  site.told.write(".davit/team.toml", team);
  site.told.commit("both kinds");
  REQUIRE(site.told.davit({"create"}).status == 0);  // there was no target "unix" before
  site.fleet.write(2, "posix", "");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  for (int host = 1; host <= 2; ++host) CHECK(site.fleet.read(host, "did") == "one\ntwo\n");
  CHECK(fs::exists(site.fleet.home(1) + "/AppData/Local/davit"));
  CHECK(fs::exists(site.fleet.home(2) + "/.local/state/davit"));
}

TEST_CASE("what can't be done on Windows targets yet is refused before anything is done") {
  Windows site(1, on_targets(R"(
  [[environments.dev.steps]]
  link = "current"
  to = "releases/{release}"
  [[environments.dev.steps]]
  run = "true"
  shell = "python3"
)"));
  const Spoken plan = site.told.davit({"plan", "web/1", "dev"});
  CHECK(says(plan, "links on Windows targets"));
  CHECK(says(plan, "python3 steps on Windows targets"));
  CHECK(site.told.davit({"deploy", "web/1", "dev"}).status == 3);
}

}  // namespace
