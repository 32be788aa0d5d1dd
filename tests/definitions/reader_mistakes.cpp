// SPDX-License-Identifier: MIT
// What people get wrong, and what they are told.
#include <doctest/doctest.h>

#include "tests/definitions/read.hpp"

using told::definition;
using told::only;
using told::team;

namespace {

// In a step of an environment; the mistake is on line 2.
std::string step(const std::string& line) {
  return only(definition("[[environments.dev.steps]]\n" + line + "\n"));
}

std::string environment(const std::string& lines) {
  return only(definition("[environments.dev]\n" + lines + "\n"));
}

std::string check(const std::string& line) {
  return only(definition("[[environments.dev.before]]\n" + line + "\n"));
}

std::string variable(const std::string& line) {
  return only(definition("[variables]\n" + line + "\n"));
}

}  // namespace

TEST_CASE("an unknown key is named with the table it stands in and the key that was meant") {
  CHECK(environment("need = ['staging']") ==
        "2:1 unknown key 'need' in environments.dev (did you mean 'needs'?)");
  CHECK(only(definition("enviroments = {}")) ==
        "1:1 unknown key 'enviroments' (did you mean 'environments'?)");
  CHECK(environment("rollout = { batch = ['1'] }") ==
        "2:13 unknown key 'batch' in environments.dev.rollout (did you mean 'batches'?)");
  CHECK(check("approval = { from = 'a@b.c', xyzzy = 1 }") ==
        "2:30 unknown key 'xyzzy' in environments.dev.before.approval (known keys: from, count, "
        "requester, timeout, expires, covers)");
}

TEST_CASE("a key that belongs elsewhere is sent there") {
  CHECK(only(definition("[groups]\nx = ['a@b.c']\n")) ==
        "1:2 unknown key 'groups' (it belongs in .davit/team.toml)");
  CHECK(only(team("[environments.dev]\n")) ==
        "1:2 unknown key 'environments' (it belongs in .davit/definitions/NAME.toml)");
  CHECK(environment("run = 'make'") ==
        "2:1 unknown key 'run' in environments.dev (it belongs in "
        "a step: [[environments.NAME.steps]])");
}

TEST_CASE("a misspelt action is one mistake, not two") {
  CHECK(step("runn = 'make'") ==
        "2:1 unknown key 'runn' in environments.dev.steps (did you mean 'run'?)");
}

TEST_CASE("all mistakes of a file are told at once, in order") {
  const auto all = definition(
      "retain = { days = -1 }\nrelease_name = '{rve}'\n[environments.Dev]\n"
      "[environments.qa]\nsoak = '3 weeks'\nqueue = 'first'\n");
  REQUIRE(all.size() == 5);
  CHECK(all[0] == "1:19 'days' can't be -1 (a whole number from 0 to 36500)");
  CHECK(all[1] == "2:17 unknown field {rve} (did you mean 'rev'?)");
  CHECK(all[2].starts_with("3:15 'Dev' can't be a name"));
  CHECK(all[3].starts_with("5:9 "));
  CHECK(all[4] == "6:10 'queue' can't be 'first' (write 'latest' or 'all')");
}

TEST_CASE("a value of the wrong kind is told with an example") {
  CHECK(environment("soak = 30") ==
        "2:8 'soak' must be a length of time, not a whole number (for example \"90s\", \"15m\", "
        "\"2h\" or \"7d\")");
  CHECK(environment("untrusted = 'yes'") ==
        "2:14 'untrusted' must be true or false, not text (for example true)");
  CHECK(environment("rollout = '25%'") == "2:12 'rollout' must be a table, not text");
  CHECK(variable("PORT = [1]") ==
        "2:8 'PORT' must be text, a number, true or false, not a list (for example \"some text\")");
  CHECK(environment("steps = 'make'").starts_with("2:10 'steps' must be a table, not text"));
}

TEST_CASE("a step does one thing, and has only keys of that thing") {
  CHECK(step("name = 'Nothing'") ==
        "1:1 nothing says what it is in environments.dev.steps (write one of 'run', 'upload', "
        "'link', 'http', 'wait', 'manual' or 'task')");
  CHECK(step("run = 'make'\nwait = '5s'") ==
        "3:1 'run' and 'wait' can't stand together in environments.dev.steps (write one of them)");
  CHECK(step("run = 'make'\nunpack = true") ==
        "3:1 'unpack' makes no sense here in "
        "environments.dev.steps (it goes with 'upload')");
  CHECK(step("run = ' '") == "2:8 'run' is empty");
  CHECK(step("link = '/srv/current'").starts_with("2:1 this link does not say where to"));
  CHECK(step("http = 'localhost:80'") ==
        "2:9 'localhost:80' is not an address (addresses start with http:// or https://)");
  CHECK(environment("steps = []\nphases = []") ==
        "3:1 'steps' and 'phases' can't stand together in environments.dev (write one of them)");
}

TEST_CASE("names of the same file are looked up") {
  CHECK(step("upload = 'ap'\nto = '/x'\n[artifacts.app]\ngit = '.'") ==
        "2:11 there is no artifact 'ap' (did you mean 'app'?)");
  CHECK(environment("needs = ['stagin']\n[environments.staging]") ==
        "2:11 there is no environment 'stagin' (did you mean 'staging'?)");
  CHECK(environment("needs = 'dev'") ==
        "2:10 dev needs itself (name the environments a release comes from)");
  CHECK(only(definition("triggers.artifact = 'x'")) ==
        "1:22 there is no artifact 'x' (none is defined in this file)");
}

TEST_CASE("keys that wait for something that never comes") {
  CHECK(environment("soak = '1h'").starts_with("2:1 dev has nothing to soak"));
  CHECK(environment("partial = true").starts_with("2:1 dev needs nothing"));
  CHECK(environment("deploy_on = 'success'").starts_with("2:1 dev waits for a success"));
  CHECK(environment("deploy_on = 'schedule'").starts_with("2:1 dev has no schedule"));
  CHECK(environment("schedule = { cron = '0 0 * * *', zone = 'UTC' }")
            .starts_with("2:1 dev is not deployed to by schedule"));
  CHECK(environment("rollout = { batches = '1' }").starts_with("2:1 dev has no targets"));
}

TEST_CASE("what may only follow from another mistake is not told") {
  CHECK(environment("soak = '1h'\nneed = ['x']") ==
        "3:1 unknown key 'need' in environments.dev (did you mean 'needs'?)");
}

TEST_CASE("two steps of one name") {
  CHECK(step("name = 'A'\nrun = 'a'\n[[environments.dev.steps]]\nname = 'A'\nrun = 'b'") ==
        "5:9 another step is called 'A' (the one of line 2; names of steps differ within an "
        "environment)");
}

TEST_CASE("fields are known ones, and pointed at where they stand") {
  CHECK(step("link = '/srv/x'\nto = '/srv/{relase}'") ==
        "3:12 unknown field {relase} (did you mean 'release'?)");
  CHECK(step("link = '/srv/x'\nto = '/srv/{app.version}'") ==
        "3:12 unknown field {app.version} (known fields: definition, commit, release, name, "
        "environment, attempt)");
  CHECK(step("link = '/srv/x'\nto = '/srv/{release'").starts_with("3:12 '{' is never closed"));
  CHECK(only(definition("release_name = '{date}-{rev:1}'")) ==
        "1:17 field {date} is not well written (as strftime: {date:%Y.%m.%d})\n"
        "1:24 field {rev:1} is not well written (zeros, as in {rev:000})");
}

TEST_CASE("variables") {
  CHECK(variable("1X = 2").starts_with("2:1 '1X' can't be the name of a variable"));
  CHECK(variable("DAVIT_X = 2").starts_with("2:1 'DAVIT_X' is davit's own"));
  CHECK(variable("A = { value = 'x', choices = ['y', 'z'] }") ==
        "2:7 'x' is none of the choices of A (choices: y, z)");
  CHECK(variable("A = { secret = 'env:X', ask = true }").starts_with("2:25 A is a secret"));
  CHECK(variable("A = {}").starts_with("2:1 A has no value"));
  CHECK(variable("A = { ask = true }") == "no mistake");
  CHECK(step("run = 'x'\nenv = { A = { ask = true } }").starts_with("3:15 A can't be set"));
}

TEST_CASE("what may be a secret is never repeated") {
  const std::string all = variable("A = { secret = 'hunter2' }");
  CHECK(all.starts_with("2:17 this does not say where a secret is found"));
  CHECK(all.find("hunter2") == std::string::npos);
}

TEST_CASE("times, zones, people") {
  CHECK(check("window = { zone = 'Mars/Olympus' }").starts_with("2:20 there is no time zone"));
  CHECK(check("window = { days = 'Mon-Fun', zone = 'UTC' }")
            .starts_with("2:20 'Mon-Fun' is not days of the week"));
  CHECK(check("window = { from = '25:00', zone = 'UTC' }")
            .starts_with("2:20 '25:00' is not a time of day"));
  CHECK(check("window = { from = 09:00:00, zone = 'UTC' }") == "no mistake");
  CHECK(check("window = { from = '09:00', to = '09:00', zone = 'UTC' }")
            .starts_with("2:1 this window is never open"));
  CHECK(check("window = {}").starts_with("2:1 'zone' is missing"));
  CHECK(check("approval = 'alice'").starts_with("2:13 'alice' is not a person or a group"));
  CHECK(check("approval = { from = 'a@b.c', count = 0 }").starts_with("2:38 'count' can't be 0"));
  CHECK(check("approval = { from = [] }").starts_with("2:21 'from' is empty"));
}

TEST_CASE("team files") {
  CHECK(only(team("[groups]\na = ['group:b']\n")).starts_with("2:7 'group:b' is not a person"));
  CHECK(only(team("[targets.web]\nhosts = ['-oProxyCommand=x']\n"))
            .starts_with("2:11 '-oProxyCommand=x' is not a host"));
  CHECK(only(team("[targets.web]\ntags = { a = 'b' }\n"))
            .starts_with("1:10 target 'web' has no hosts"));
  const std::string freeze = "[freezes.x]\nzone = 'UTC'\nto = 2026-01-01\nfrom = ";
  CHECK(only(team(freeze + "2026-02-01T00:00:00\n")).starts_with("3:6 freeze 'x' ends before"));
  CHECK(only(team(freeze + "2025-12-01T00:00:00Z\n"))
            .starts_with("4:8 'from' says how far it is from UTC"));
  CHECK(only(team("[notify.x]\non = 'failed'\nwebhook = 'ftp://x'\n"))
            .starts_with("3:12 'ftp://x' is not an address"));
}

TEST_CASE("two team files that define the same thing") {
  std::vector<davit::Reading<davit::Team>> files;
  files.push_back(davit::read_team("[groups]\na = 'x@y.z'\nb = 'x@y.z'\n", "a.toml"));
  files.push_back(davit::read_team("[groups]\nc = 'x@y.z'\na = 'q@y.z'\n", "b.toml"));
  const auto merged = davit::merge_teams(std::move(files));
  CHECK(only(told::mistakes(merged.mistakes)) ==
        "3:1 group 'a' is defined twice (first in a.toml:2:1)");
  CHECK(merged.mistakes[0].place.file == "b.toml");
  CHECK(merged.value.groups.size() == 3);
}

TEST_CASE("a file of nothing but mistakes is answered, and soon") {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += fmt::format("unknown_{} = {}\n", i, i);
  CHECK(definition(text).size() == 20000);
}
