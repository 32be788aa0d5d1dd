// SPDX-License-Identifier: MIT
// davit doctor: how hosts are reached, and what is found on the machine.
#include <doctest/doctest.h>

#include "tests/program/site.hpp"

namespace {

using program::says;
using program::Site;
using program::Spoken;

const char* const kOneStep =
    "[environments.dev]\ntargets = \"web\"\nsteps = [{ run = \"echo told >>did\" }]\n";

TEST_CASE("the doctor says how each host is reached, by which key and how long it took") {
  Site site(2, kOneStep);
  const Spoken said = site.told.davit({"doctor", "--transport", "openssh"});
  CHECK_MESSAGE(said.status == 0, said.err);
  const auto first = said.out.find("@127.0.1.1:" + site.fleet.port());
  CHECK(first != std::string::npos);
  CHECK(said.out.find("@127.0.1.2:" + site.fleet.port()) > first);
  CHECK(says(said, "openssh: "));
  CHECK(says(said, " ED25519 SHA256:"));
  CHECK(says(said, "git version"));
  CHECK(says(said, "alice@example.com"));
  CHECK(site.fleet.read(1, "did").empty());
}

TEST_CASE("the doctor goes on past a host that can't be reached, and says what to do") {
  Site site(1, kOneStep);
  auto team = site.fleet.team();
  team.replace(team.find("\"127.0.1.1\""), 11, "\"127.0.1.77\", \"127.0.1.1\"");
  site.told.write(".davit/team.toml", team);
  site.told.commit("one more");
  const Spoken said = site.told.davit({"doctor"});
  CHECK(said.status == 1);
  CHECK(says(said, "is it up, and does sshd listen there?"));
  CHECK(says(said, "✔"));
  const Spoken record = site.told.davit({"doctor", "--json"});
  CHECK(record.status == 1);
  CHECK(says(record, R"("host":"127.0.1.77","reached":false)"));
  CHECK(says(record, R"("host":"127.0.1.1","reached":true)"));
  CHECK(site.told.davit({"doctor", "127.0.1.1"}).status == 0);
}

TEST_CASE("a host whose key nobody trusts is named with the command that shows it") {
  Site site(1, kOneStep);
  const Spoken said = site.told.davit({"doctor", "--ssh-option", "UserKnownHostsFile=/dev/null"});
  CHECK(said.status == 1);
  CHECK(says(said, "davit hosts trust 127.0.1.1"));
}

TEST_CASE("the doctor tells what is unfinished") {
  Site site(1, "[environments.dev]\ntargets = \"web\"\nsteps = [{ manual = \"look\" }]\n");
  CHECK(site.told.davit({"deploy", "web/1", "dev"}).status == 4);
  const Spoken said = site.told.davit({"doctor"});
  CHECK(says(said, "web/1 → dev at a manual step: davit resume web/1 dev"));
}

}  // namespace
