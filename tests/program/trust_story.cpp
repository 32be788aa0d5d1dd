// SPDX-License-Identifier: MIT
// How targets are reached, said on the command line; and whose keys are trusted.
#include <doctest/doctest.h>

#include "tests/program/fleet.hpp"
#include "tests/program/told.hpp"

namespace {

using program::Fleet;
using program::says;
using program::Spoken;
using program::Told;

const char* const kOneStep =
    "[environments.dev]\ntargets = \"web\"\nsteps = [{ run = \"echo told >>did\" }]\n";

// Lines of a text without those that hold a word.
std::string without(const std::string& text, const std::string& word) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at) + 1;
    const auto line = text.substr(at, end - at);
    if (line.find(word) == std::string::npos) out += line;
    at = end;
  }
  return out;
}

std::string with(const std::string& text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return std::string(text).replace(at, what.size(), instead);
}

// A team whose rules say nothing about ssh; beside them stands a file that has all of it.
struct Plain {
  Told told;
  Fleet fleet;
  explicit Plain(int hosts = 1) : told(kOneStep), fleet(hosts) {
    told.write(".davit/team.toml", fleet.team().substr(0, fleet.team().find("\n[ssh]")));
    told.write("ci/ssh_config", fleet.ssh_config());
    told.commit("targets");
    told.davit({"create"});
  }
  // The same, but nothing trusts the hosts' keys yet.
  void trust_nobody() {
    told.write("ci/ssh_config", without(fleet.ssh_config(), " UserKnownHostsFile"));
  }
  Spoken davit(program::Words words) {
    words.insert(words.end(), {"--ssh-config", "ci/ssh_config"});
    return told.davit(words);
  }
  // The key of the hosts, as a known_hosts file has it.
  std::string line_of_another_key(int host) {
    told.run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", told.path("other")});
    const auto key = told.read("other.pub");
    return "[" + fleet.name(host) + "]:" + fleet.port() + " " + key;
  }
};

TEST_CASE("all that ssh needs can be said on the command line") {
  Plain plain;
  CHECK(plain.told.davit({"deploy", "web/1", "dev"}).status == 1);
  const Spoken retried = plain.davit({"retry", "web/1", "dev"});
  CHECK_MESSAGE(retried.status == 0, retried.err);
  CHECK(plain.fleet.read(1, "did") == "told\n");
  CHECK(plain.told.davit({"status", "--verify"}).status == 8);
  CHECK(plain.davit({"status", "--verify"}).status == 0);
  // Options come before the file's.
  CHECK(plain.davit({"redeploy", "web/1", "dev", "--ssh-option", "Port=1"}).status == 1);
  const Spoken right =
      plain.davit({"redeploy", "web/1", "dev", "--ssh-option", "Port=" + plain.fleet.port()});
  CHECK_MESSAGE(right.status == 0, right.err);
}

TEST_CASE("what is said of ssh is checked before anything is done") {
  Plain plain;
  const auto misused = [&](program::Words words, const std::string& why) {
    words.insert(words.begin(), {"deploy", "web/1", "dev"});
    const Spoken said = plain.told.davit(words);
    CHECK(said.status == 2);
    CHECK_MESSAGE(says(said, why), said.err);
  };
  misused({"--ssh-config", "nowhere"}, "there is no such file");
  misused({"--ssh-option", "Port"}, "expected K=V");
  misused({"--ssh-option", "=22"}, "expected K=V");
  misused({"--ssh-option", "BatchMode=no"}, "BatchMode is not to be changed");
  misused({"--ssh-option", "stricthostkeychecking=no"}, "is not to be changed");
  misused({"--transport", "pigeon"}, "pigeon");
  CHECK_FALSE(says(plain.told.davit({"history"}), "started"));
}

TEST_CASE("keys are trusted host by host, hashed when wanted, and never twice") {
  Plain plain(2);
  plain.trust_nobody();
  const Spoken asked = plain.davit({"hosts", "trust", "127.0.1.1", "--hash"});
  CHECK(asked.status == 2);
  CHECK(says(asked, "davit hosts trust 127.0.1.1 --hash --ssh-config ci/ssh_config --yes"));
  CHECK(plain.davit({"hosts", "trust", "127.0.1.1", "--hash", "--yes"}).status == 0);
  const auto file = plain.told.read(".davit/known_hosts");
  CHECK(file.starts_with("|1|"));
  CHECK(file.find("127.0.1") == std::string::npos);
  CHECK(says(plain.davit({"hosts", "trust", "127.0.1.1", "--yes"}), "nothing new"));
  CHECK(plain.davit({"hosts", "trust", "--yes"}).status == 0);
  CHECK(plain.told.read(".davit/known_hosts").starts_with(file));

  // Only what is committed is trusted.
  CHECK(says(plain.davit({"deploy", "web/1", "dev"}), "Host key verification failed"));
  plain.told.commit("trusted");
  const Spoken retried = plain.davit({"retry", "web/1", "dev"});
  CHECK_MESSAGE(retried.status == 0, retried.err);
  CHECK(plain.fleet.read(2, "did") == "told\n");
}

TEST_CASE("a host with another key than the trusted one is left out, and both are shown") {
  Plain plain(2);
  plain.trust_nobody();
  plain.told.write(".davit/known_hosts", plain.line_of_another_key(1));
  const Spoken trust = plain.davit({"hosts", "trust", "--yes"});
  CHECK(trust.status == 1);
  CHECK(says(trust, "not the one that is trusted: SHA256:"));
  const auto file = plain.told.read(".davit/known_hosts");
  CHECK(file.find("[127.0.1.2]") != std::string::npos);
  CHECK(file.find("[127.0.1.1]", file.find('\n')) == std::string::npos);
  plain.told.commit("one of them");
  const Spoken run = plain.davit({"deploy", "web/1", "dev"});
  CHECK(run.status == 1);
  CHECK_MESSAGE(says(run, "another than the one that is trusted: SHA256:"), run.err);
  CHECK(plain.fleet.read(1, "did").empty());
}

TEST_CASE("a host that does not answer keeps no other from being trusted") {
  Plain plain(1);
  plain.trust_nobody();
  auto team = plain.told.read(".davit/team.toml");
  plain.told.write(".davit/team.toml",
                   with(team, "\"127.0.1.1\"", "\"127.0.1.77\", \"127.0.1.1\""));
  plain.told.commit("one more");
  const Spoken trust = plain.davit({"hosts", "trust", "--yes"});
  CHECK(trust.status == 1);
  CHECK(says(trust, "127.0.1.77  offers no key at 127.0.1.77 port "));
  CHECK(plain.told.read(".davit/known_hosts").find("[127.0.1.1]") != std::string::npos);
}

TEST_CASE("a host behind a jump host shows its key, too") {
  Plain plain(2);
  plain.trust_nobody();
  plain.told.write("ci/ssh_config",
                   "Host 127.0.1.1\n  ProxyCommand ssh -F " + plain.told.path("ci/jump_config") +
                       " -W [%h]:%p 127.0.1.2\n" + plain.told.read("ci/ssh_config"));
  plain.told.write("ci/jump_config", plain.fleet.ssh_config());
  const Spoken trust = plain.davit({"hosts", "trust", "127.0.1.1", "--yes"});
  CHECK_MESSAGE(trust.status == 0, trust.err);
  CHECK(plain.told.read(".davit/known_hosts").starts_with("[127.0.1.1]:"));
}

TEST_CASE("a file that the rules name and the commit does not have is an error") {
  Plain plain;
  plain.told.write(".davit/team.toml", plain.told.read(".davit/team.toml") +
                                           "\n[ssh]\nconfig = \".davit/ssh_config\"\n");
  plain.told.git({"commit", "-qam", "a file that is not there"});
  plain.told.write(".davit/ssh_config", plain.fleet.ssh_config());
  const Spoken run = plain.told.davit({"deploy", "web/1", "dev"});
  CHECK(run.status == 1);
  CHECK(says(run, "there is no .davit/ssh_config in commit"));
}

}  // namespace
