// SPDX-License-Identifier: MIT
// What targets print, and what is written of them, whatever it is.
//
// DAVIT_ROUNDS of 100 and more let a step print a gigabyte instead of fifty megabytes.
#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;

std::string step(const std::string& script, const std::string& more = "") {
  return "\n  [[environments.dev.steps]]\n  name = \"It\"\n  run = '''" + script + "'''\n" + more;
}

TEST_CASE("what a target prints commands no terminal, and is kept") {
  Site site(1, on_targets(step(R"(
printf '\033[2J\033]0;owned\007\n'
printf 'not utf-8: \377\376\200\n'
printf 'back\rover\010\010\n'
printf 'no newline')")));
  const Spoken run = site.told.davit({"run", "--verbose"});
  CHECK_MESSAGE(run.status == 0, run.err);
  for (const char c : {'\033', '\007', '\010', '\377'}) {
    CHECK(run.out.find(c) == std::string::npos);
    CHECK(run.err.find(c) == std::string::npos);
  }
  CHECK(says(run, "no newline"));
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "It@127.0.1.1 | no newline\n"));
}

TEST_CASE("a step that prints what davit's own shell says there fools nobody") {
  // Its own token is in the memory of the shell above it alone; what others' looks like is known.
  Site site(1, on_targets(step(R"(
for token in davit-0123456789abcdef0123456789abcdef davit- davit "$DAVIT_TOKEN"; do
  for answer in 'ready' 'begun 0.1@127.0.1.1' 'ended 0.1@127.0.1.1 0 0' 'gone 0.1@127.0.1.1' \
    'none 0.1@127.0.1.1' 'fenced 0.1@127.0.1.1 7' 'failed 0.1@127.0.1.1 words' 'file 0.1@127.0.1.1 3'; do
    echo "$token $answer"
    echo "$token $answer" >&2
  done
done
echo last
exit 3)")));
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "exit status 3"));
  const auto log = site.told.davit({"log", "web/1", "dev"}).out;
  CHECK(says({.out = log}, "| davit- ended 0.1@127.0.1.1 0 0\n"));
  CHECK(says({.out = log}, "| last\n"));
}

TEST_CASE("a value arrives whatever its bytes, and whatever its name") {
  Site site(1, on_targets(step("printf %s \"$ALL\" >all; echo \"$T $S $B $F $O $U\" >letters; "
                               "echo \"$try $pid $status $size $born\" >words",
                               R"(  [environments.dev.steps.env]
  ALL = { secret = "env:ALL" }
  T = "1"
  S = "2"
  B = "3"
  F = "4"
  O = "5"
  U = "6"
  try = "a b"
  pid = "1"
  status = "0"
  size = "x"
  born = "never"
)")));
  std::string all;
  for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
  site.told.set("ALL", all);
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.out << run.err);
  CHECK(site.fleet.read(1, "all") == all);
  CHECK(site.fleet.read(1, "letters") == "1 2 3 4 5 6\n");
  CHECK(site.fleet.read(1, "words") == "a b 1 0 x never\n");
}

TEST_CASE("directories whose names are no plain words") {
  for (const std::string name : {"a b", "it's", "-n", "$(touch pwned)", "star *", "semi;colon"}) {
    CAPTURE(name);
    Site site(1, on_targets(step("echo here >it", "  directory = \"" + name + "\"\n")));
    REQUIRE(site.told.run({"mkdir", "--", site.fleet.home(1) + "/" + name}).status == 0);
    auto team = site.fleet.team();
    team.insert(team.find("\n\n[ssh]"), "\nstate = \"kept " + name + "\"");
    site.told.write(".davit/team.toml", team);
    site.told.commit("another state");
    const Spoken run = site.told.davit({"run"});
    CHECK_MESSAGE(run.status == 0, run.out << run.err);
    CHECK(site.fleet.read(1, name + "/it") == "here\n");
    CHECK(site.fleet.read(1, "kept " + name + "/" +
                                 site.kept("runs/web/1/dev/1/0.1@127.0.1.1/status").substr(19)) ==
          "0\n");
    CHECK(site.fleet.read(1, "pwned").empty());
  }
}

TEST_CASE("what ssh would take for an option or a command is refused where it is written") {
  Site site(1, on_targets(step("true")));
  for (const std::string host :
       {"-oProxyCommand=touch pwned", "a b", "$(id)", "x;y", "-l", "'a'"}) {
    CAPTURE(host);
    site.told.write(".davit/team.toml", "[targets.web]\nhosts = [\"" + host + "\"]\n");
    CHECK(site.told.davit({"check"}).status != 0);
  }
  for (const std::string user : {"-root", "a b", "a'b", "a;b"}) {
    CAPTURE(user);
    site.told.write(".davit/team.toml",
                    "[targets.web]\nhosts = [\"one\"]\nuser = \"" + user + "\"\n");
    CHECK(site.told.davit({"check"}).status != 0);
  }
}

// The most memory that a process has had so far, in KiB.
long peak_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::atol(line.c_str() + 6);
  return 0;
}

TEST_CASE("a step that prints without end is kept whole, in little memory") {
  const char* rounds = std::getenv("DAVIT_ROUNDS");
  const long bytes = rounds && std::atoi(rounds) >= 100 ? 1'000'000'000 : 50'000'000;
  Site site(1, on_targets(step("head -c " + std::to_string(bytes) + " /dev/zero | tr '\\0' x")));
  auto running = site.told.start_davit({"run"});
  long peak = 0;
  while (!program::wait_for_end(running.pid(), 50)) peak = std::max(peak, peak_of(running.pid()));
  CHECK(running.wait().status == 0);
#if !defined(__SANITIZE_ADDRESS__)
  CHECK(peak < 64 * 1024);
#endif
  std::ifstream log(site.told.path(".git/davit/runs/web/1/dev/1/log"), std::ios::binary);
  long kept = 0;
  for (std::string room(1 << 20, ' '); log.read(room.data(), 1 << 20), log.gcount() > 0;)
    kept += std::count(room.begin(), room.begin() + log.gcount(), 'x');
  CHECK(kept == bytes);
}

}  // namespace
