// SPDX-License-Identifier: MIT
// Everything that a team's ssh configuration can say about the way to a host.
#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "tests/program/site.hpp"

namespace {

using program::Fleet;
using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;
using program::Told;

const char* const kOne = R"(
  [[environments.dev.steps]]
  run = "echo one >>did"
)";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

// Without the lines that have this word first.
std::string without(const std::string& text, const std::string& word) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line, first; std::getline(lines, line);)
    if (!(std::istringstream(line) >> first) || first != word) out += line + "\n";
  return out;
}

// The configuration of a fleet, for a host of another name.
std::string config_of(const Fleet& fleet, const std::string& name) {
  return replaced(fleet.ssh_config(), "127.0.1.*",
                  name + "\n  HostName 127.0.1.1\n  HostKeyAlias [127.0.1.1]:" + fleet.port());
}

Spoken deployed(Told& told, const Fleet& fleet, const std::string& config,
                const std::string& host = "127.0.1.1", const std::string& more = "") {
  told.write(".davit/team.toml",
             replaced(fleet.team(), "hosts = [\"127.0.1.1\"", "hosts = [\"" + host + "\"") + more);
  told.write(".davit/ssh_config", config);
  told.commit("another way");
  told.davit({"create"});
  return told.davit({"run"});
}

TEST_CASE("through a jump host, and not past it") {
  Site site(1, on_targets(kOne));
  Fleet jump(1);
  const auto config =
      config_of(jump, "jump") + "Host 127.0.1.1\n  ProxyJump jump\n" + site.fleet.ssh_config();
  const Spoken run = deployed(site.told, site.fleet, config);
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "one\n");
  CHECK(jump.read(1, "did").empty());
  jump.cut_off();
  CHECK(deployed(site.told, site.fleet, config).status == 1);
  CHECK(site.fleet.read(1, "did") == "one\n");
}

TEST_CASE("through two jump hosts, the second one behind a command") {
  Site site(1, on_targets(kOne));
  Fleet first(1), second(1);
  const auto file = site.told.path(".davit/ssh_config");
  const auto config = config_of(first, "first") + config_of(second, "second") +
                      "Host second\n  ProxyJump first\nHost 127.0.1.1\n  ProxyCommand ssh -F " +
                      file + " -W [%h]:%p second\n" + site.fleet.ssh_config();
  const Spoken run = deployed(site.told, site.fleet, config);
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "one\n");
}

TEST_CASE("at an address of IPv6") {
  if (std::ifstream("/proc/net/if_inet6").peek() == std::ifstream::traits_type::eof()) return;
  Told told(on_targets(kOne));
  Fleet fleet(1, "ListenAddress ::1\n");
  const auto config =
      replaced(fleet.ssh_config(), "127.0.1.*", "::1\n  HostKeyAlias [127.0.1.1]:" + fleet.port());
  Spoken run = deployed(told, fleet, config, "[::1]");
  CHECK_MESSAGE(run.status == 0, run.err);
  run = deployed(told, fleet, without(config, "Port"), "[::1]:" + fleet.port());
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(fleet.read(1, "did") == "one\none\n");
}

TEST_CASE("with a port of the team's rules") {
  Site site(1, on_targets(kOne));
  const Spoken run = deployed(site.told, site.fleet, without(site.fleet.ssh_config(), "Port"),
                              "127.0.1.1:" + site.fleet.port());
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "one\n");
}

TEST_CASE("by what Match says, and by an alias with an include") {
  Site site(1, on_targets(kOne));
  site.told.write(".git/more",
                  "Match originalhost web1 exec \"test 1 = 1\"\n  HostName 127.0.1.1\n");
  const auto config = "Include " + site.told.path(".git/more") + "\n" +
                      "Match originalhost nobody\n  Port 1\n" +
                      replaced(site.fleet.ssh_config(), "127.0.1.*", "127.0.1.* web*");
  const Spoken run = deployed(site.told, site.fleet, config, "web1");
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "one\n");
}

TEST_CASE("with a key that only an agent has") {
  Site site(1, on_targets(kOne));
  const auto config = without(without(site.fleet.ssh_config(), "IdentityFile"), "IdentitiesOnly") +
                      "  IdentityFile none\n";
  CHECK(deployed(site.told, site.fleet, config).status == 1);
  const auto socket = site.told.path(".git/agent");
  const auto agent = site.told.start({"ssh-agent", "-D", "-a", socket});
  for (int look = 0; look < 500 && ::access(socket.c_str(), F_OK) != 0; ++look)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  site.told.set("SSH_AUTH_SOCK", socket);
  const Spoken added = site.told.run({"ssh-add", site.fleet.key()});
  REQUIRE_MESSAGE(added.status == 0, added.err);
  const Spoken run = deployed(site.told, site.fleet, config);
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "one\n");
}

TEST_CASE("with a certificate") {
  Told told(on_targets(kOne));
  const auto ca = told.path(".git/ca"), key = told.path(".git/me");
  for (const auto& made : {ca, key})
    REQUIRE(told.run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", made}).status == 0);
  auto user = told.run({"id", "-un"}).out;
  user.pop_back();
  const Spoken sworn = told.run(
      {"ssh-keygen", "-q", "-s", ca, "-I", "alice", "-n", user, "-V", "-1h:+1h", key + ".pub"});
  REQUIRE_MESSAGE(sworn.status == 0, sworn.err);
  Fleet fleet(1, "TrustedUserCAKeys " + ca + ".pub\n");
  const auto config = without(fleet.ssh_config(), "IdentityFile") + "  IdentityFile " + key + "\n";
  const Spoken run = deployed(told, fleet, config + "  CertificateFile " + key + "-cert.pub\n");
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(fleet.read(1, "did") == "one\n");
}

// "SHA256:…" of the key in a file.
std::string fingerprint_of(Told& told, const std::string& file) {
  std::istringstream words(told.run({"ssh-keygen", "-l", "-f", file}).out);
  std::string bits, print;
  REQUIRE(static_cast<bool>(words >> bits >> print));
  return print;
}

// The file in which a fleet's keys are known.
std::string known_file(const Fleet& fleet) {
  const auto config = fleet.ssh_config();
  const auto at = config.find("UserKnownHostsFile ") + 19;
  return config.substr(at, config.find('\n', at) - at);
}

// A jump host of which nobody knows the key, or of which another one is known: what is said of it.
struct Distrusted {
  Distrusted() : site(1, on_targets(kOne)), jump(1) {
    site.told.run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other()});
    site.told.write(".git/known", "");
  }
  std::string other() const { return site.told.path(".git/other"); }
  std::string known() const { return site.told.path(".git/known"); }
  Spoken run(const std::string& before = "") {
    const auto config = before + "Host jump\n  UserKnownHostsFile " + known() + "\n" +
                        config_of(jump, "jump") + "Host 127.0.1.1\n  ProxyJump jump\n" +
                        site.fleet.ssh_config();
    return deployed(site.told, site.fleet, config);
  }
  Site site;
  Fleet jump;
};

std::string not_trusted(const Fleet& jump) {
  return "the host key of the jump host [127.0.1.1]:" + jump.port() + " is not trusted";
}

TEST_CASE("a jump host whose key is another than the known one is named, and not the target") {
  Distrusted way;
  const auto name = "[127.0.1.1]:" + way.jump.port();
  way.site.told.write(".git/known", name + " " + way.site.told.read(".git/other.pub"));
  const auto words = "the host key of the jump host " + name + " is " +
                     fingerprint_of(way.site.told, known_file(way.jump)) + " (ED25519), another";
  const auto trusted = fingerprint_of(way.site.told, way.other()) + " (ED25519) in " + way.known();
  const Spoken run = way.run();
  CHECK(run.status == 1);
  CHECK_MESSAGE(says(run, words), run.err);
  CHECK_MESSAGE(says(run, trusted), run.err);
  CHECK_MESSAGE(says(run, "ask its owner whether that is its new key"), run.err);
  CHECK_FALSE(says(run, "hosts trust"));
  const Spoken doctor = way.site.told.davit({"doctor"});
  CHECK(doctor.status == 1);
  CHECK(says(way.site.told.davit({"hosts", "trust", "--yes"}), words));
  CHECK_MESSAGE(says(doctor, words), doctor.out);
  CHECK_MESSAGE(says(doctor, "ask its owner whether that is its new key"), doctor.out);
}

TEST_CASE("a target whose key is another than the known one is not taken for its jump host") {
  Distrusted way;
  std::ifstream file(known_file(way.jump));
  std::string line;
  std::getline(file, line);
  way.site.told.write(".git/known", line + "\n");
  auto& fleet = way.site.fleet;
  const auto own = way.site.told.path(".git/own");
  way.site.told.write(".git/own",
                      "[127.0.1.1]:" + fleet.port() + " " + way.site.told.read(".git/other.pub"));
  const Spoken run = way.run("Host 127.0.1.1\n  UserKnownHostsFile " + own + "\n");
  CHECK(run.status == 1);
  CHECK_MESSAGE(says(run, "its host key is " + fingerprint_of(way.site.told, known_file(fleet))),
                run.err);
  CHECK_MESSAGE(says(run, "davit hosts trust 127.0.1.1 shows both keys"), run.err);
}

TEST_CASE("a jump host that is not known is told from a target that is not") {
  Distrusted way;
  const Spoken run = way.run();
  CHECK(run.status == 1);
  CHECK_MESSAGE(says(run, not_trusted(way.jump)), run.err);
  CHECK_FALSE(says(run, "hosts trust"));
  CHECK(says(way.site.told.davit({"doctor"}), not_trusted(way.jump)));
}

TEST_CASE("the team's keys and rules are for jump hosts, too") {
  Distrusted way;
  auto& told = way.site.told;
  const auto all = told.run({"cat", known_file(way.jump), known_file(way.site.fleet)}).out;
  told.write(".davit/known_hosts", all);
  const auto config = without(config_of(way.jump, "jump"), "UserKnownHostsFile") +
                      "Host 127.0.1.1\n  ProxyJump jump\n" + way.site.fleet.ssh_config();
  const auto loose = "StrictHostKeyChecking no\n" + config;
  const Spoken run = deployed(told, way.site.fleet, loose);
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(way.site.fleet.read(1, "did") == "one\n");
  told.write(".davit/known_hosts", told.run({"cat", known_file(way.site.fleet)}).out);
  const Spoken unknown = deployed(told, way.site.fleet, loose);
  CHECK(unknown.status == 1);
  CHECK_MESSAGE(says(unknown, not_trusted(way.jump)), unknown.err);
}

TEST_CASE("a host whose key is another than the known one gets nothing, and both are told") {
  Site site(2, on_targets(kOne, "rollout = { unreachable = \"skip\" }\n"));
  const auto other = site.told.path(".git/other"), known = site.told.path(".git/known");
  site.told.run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other});
  const auto real = site.fleet.ssh_config();
  const auto real_file = known_file(site.fleet);
  std::ifstream file(real_file);
  std::string line, text;
  while (std::getline(file, line))
    if (line.find("[127.0.1.2]") == 0) text += line + "\n";
  site.told.write(".git/known", text + "[127.0.1.1]:" + site.fleet.port() + " " +
                                    site.told.read(".git/other.pub"));
  const auto config = "Host *\n  UserKnownHostsFile " + known + "\n" + real;
  const auto words = "its host key is " + fingerprint_of(site.told, real_file) + " (ED25519)";
  const auto trusted = "the one that is trusted: " + fingerprint_of(site.told, other);
  for (const std::string transport : {"openssh", "libssh"}) {
    CAPTURE(transport);
    const Spoken run =
        deployed(site.told, site.fleet, config, "127.0.1.1", "transport = \"" + transport + "\"\n");
    CHECK_MESSAGE(run.status == 5, run.err);
    CHECK_MESSAGE(says(run, words), run.err);
    CHECK_MESSAGE(says(run, trusted + " (ED25519) in " + known), run.err);
    CHECK_MESSAGE(says(run, "davit hosts trust 127.0.1.1 shows both keys"), run.err);
  }
  CHECK(site.fleet.read(1, "did").empty());
  CHECK(site.fleet.read(2, "did") == "one\none\n");
}

}  // namespace
