// SPDX-License-Identifier: MIT
// The same stories by either transport: what a team sees does not depend on it.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;

void use(Site& site, const std::string& transport, const std::string& more = "") {
  site.told.write(".davit/team.toml",
                  site.fleet.team() + "transport = \"" + transport + "\"\n" + more);
  site.told.commit("by " + transport);
  site.told.davit({"create"});
}

const char* const kTransports[] = {"openssh", "libssh"};

// Hosts that are reached by one of them, where these steps are to be done.
struct By : Site {
  By(const std::string& transport, int hosts, const std::string& steps)
      : Site(hosts, on_targets(steps)) {
    use(*this, transport);
  }
};

TEST_CASE("a step's output, end and values are the same by either transport") {
  for (const char* transport : kTransports) {
    CAPTURE(transport);
    By site(transport, 2, R"(
  [[environments.dev.steps]]
  name = "Say"
  run = '''printf 'one\ntwo \377'; echo "$VALUE"; printf '%s' "$VALUE" >value'''
  env = { VALUE = "a 'b' \"c\" $d `e` \\ f" }
  [[environments.dev.steps]]
  name = "Fail"
  run = "echo went wrong >&2; exit 7"
)");
    const Spoken run = site.told.davit({"run", "--verbose"});
    CHECK(run.status == 1);
    CHECK(says(run, "went wrong"));
    CHECK(says(run, "exit status 7"));
    CHECK(site.fleet.read(1, "value") == "a 'b' \"c\" $d `e` \\ f");
    CHECK(site.fleet.read(2, "value") == site.fleet.read(1, "value"));
  }
}

TEST_CASE("a cut connection is made again by either transport, and no line is lost or doubled") {
  for (const char* transport : kTransports) {
    CAPTURE(transport);
    By site(transport, 1, R"(
  [[environments.dev.steps]]
  name = "Count"
  run = "echo began >>did; i=0; while [ ! -e go ]; do i=$((i+1)); echo line $i; sleep 0.02; done; echo last $i"
)");
    auto running = site.told.start_davit({"run", "--verbose"});
    for (int round = 0; round < 3; ++round) {
      site.wait_for(1, "did", "began");
      site.fleet.cut();
    }
    site.fleet.write(1, "go", "");
    const Spoken run = running.wait();
    CHECK_MESSAGE(run.status == 0, run.err);
    CHECK(site.fleet.read(1, "did") == "began\n");
    const auto log = site.told.davit({"log", "web/2", "dev"}).out;
    int lines = 0;
    while (log.find("line " + std::to_string(lines + 1) + "\n") != std::string::npos) ++lines;
    CHECK(log.find("last " + std::to_string(lines) + "\n") != std::string::npos);
    CHECK(log.find("line 1\n") == log.rfind("line 1\n"));
  }
}

TEST_CASE("a large output comes whole by either transport") {
  for (const char* transport : kTransports) {
    CAPTURE(transport);
    By site(transport, 1, R"(
  [[environments.dev.steps]]
  run = "seq 1 200000"
)");
    CHECK(site.told.davit({"run"}).status == 0);
    const auto log = site.told.davit({"log", "web/2", "dev"}).out;
    CHECK(log.find("199999\n") != std::string::npos);
    CHECK(std::count(log.begin(), log.end(), '\n') >= 200000);
  }
}

TEST_CASE("a host that is unknown, or takes no key, is refused by either transport") {
  for (const char* transport : kTransports) {
    CAPTURE(transport);
    Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  run = "echo did >>did"
)"));
    use(site, transport, "options = [\"UserKnownHostsFile=/dev/null\"]\n");
    const Spoken unknown = site.told.davit({"run"});
    CHECK(unknown.status == 1);
    CHECK(says(unknown, "Host key verification failed"));
    CHECK(says(unknown, "davit hosts trust"));
    site.told.run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", ".davit/other"});
    auto config = site.fleet.ssh_config();
    const auto at = config.find("IdentityFile ") + 13;
    config.replace(at, config.find('\n', at) - at, site.told.path(".davit/other"));
    site.told.write(".davit/ssh_config", config);
    use(site, transport);
    const Spoken denied = site.told.davit({"run"});
    CHECK(denied.status == 1);
    CHECK(says(denied, "Permission denied (publickey"));
    CHECK(site.fleet.read(1, "did").empty());
  }
}

TEST_CASE("where libssh and a host can't agree OpenSSH is asked") {
  Site site(1, on_targets(R"(
  [[environments.dev.steps]]
  run = "echo did >>did"
)"));
  // A key exchange that libssh does not know.
  use(site, "auto", "options = [\"KexAlgorithms=sntrup761x25519-sha512@openssh.com\"]\n");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "did\n");
}

TEST_CASE("no setting is passed over where libssh alone was asked for") {
  Site site(2, on_targets(R"(
  rollout = { unreachable = "skip" }
  [[environments.dev.steps]]
  run = "echo did >>did"
)"));
  site.told.write(".davit/ssh_config",
                  "Host 127.0.1.1\n  Compression yes\n" + site.fleet.ssh_config());
  use(site, "libssh");
  const auto words = "libssh was asked for, and can't do what is set for 127.0.1.1: compression is";
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 5);
  CHECK_MESSAGE(says(run, words), run.err);
  CHECK_MESSAGE(says(run, "transport = \"auto\" or \"openssh\" does it"), run.err);
  CHECK(site.fleet.read(1, "did").empty());
  CHECK(site.fleet.read(2, "did") == "did\n");
  const Spoken doctor = site.told.davit({"doctor"});
  CHECK(doctor.status == 1);
  CHECK_MESSAGE(says(doctor, words), doctor.out);
  CHECK_MESSAGE(says(doctor, "transport = \"auto\" or \"openssh\" does it"), doctor.out);
  CHECK(says(site.told.davit({"status", "--verify"}), words));
  CHECK(site.told.davit({"doctor", "--transport", "auto"}).status == 0);
}

TEST_CASE("a connection that is kept is used by the next run") {
  Site site(2, on_targets(R"(
  [[environments.dev.steps]]
  run = "echo did >>did"
)"));
  site.told.write(".davit/team.toml", site.fleet.team() + "persist = \"20s\"\n");
  site.told.commit("connections are kept");
  const int before = site.fleet.logins();
  CHECK(site.told.davit({"run"}).status == 0);
  CHECK(site.fleet.logins() == before + 2);
  site.told.davit({"create"});
  CHECK(site.told.davit({"run"}).status == 0);
  CHECK(site.fleet.logins() == before + 2);
  CHECK(site.fleet.read(1, "did") == "did\ndid\n");
}

}  // namespace
