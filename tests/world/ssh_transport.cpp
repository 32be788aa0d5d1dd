// SPDX-License-Identifier: MIT
// By which transport a host is reached, worked out by the real ssh from real configurations.
#include <doctest/doctest.h>

#include "core/files/files.hpp"
#include "core/process/process.hpp"
#include "core/ssh/transport.hpp"
#include "tests/world/temporary_folder.hpp"

using namespace davit;

namespace {

Host host(const std::string& name) {
  Host made;
  made.name = made.address = name;
  return made;
}

// A configuration of ssh in a folder of its own, with a key.
struct Configured {
  TemporaryFolder folder;
  Reach reach;

  explicit Configured(const std::string& text) {
    const auto key = folder.path("key");
    REQUIRE(
        run({.arguments = {"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key}})->status ==
        0);
    REQUIRE(write_file(folder.path("known"), "").has_value());
    const auto common = "Host *\n  IdentityFile " + key + "\n  UserKnownHostsFile " +
                        folder.path("known") + "\n  GlobalKnownHostsFile /dev/null\n";
    REQUIRE(write_file(folder.path("config"), text + common).has_value());
    reach.settings.config = folder.path("config");
  }

  Transport transport(const std::string& name) const {
    Loop loop;
    Ways ways(loop, reach);
    auto found = ways.transport(host(name));
    REQUIRE_MESSAGE(found.has_value(), found.error().message);
    return *found;
  }
  Error refusal(const std::string& name) const {
    Loop loop;
    Ways ways(loop, reach);
    const auto found = ways.transport(host(name));
    REQUIRE_FALSE(found.has_value());
    const auto way = ways.make(host(name));
    REQUIRE_FALSE(way.has_value());
    CHECK(way.error().message == found.error().message);
    return found.error();
  }
};

}  // namespace

TEST_CASE("what ssh is asked to do as usual is done by libssh") {
  const Configured plain("Host web*\n  Port 2222\n  User deploy\n  ServerAliveInterval 7\n");
  const auto found = plain.transport("web1");
  CHECK(found.kind == Transport::Kind::libssh);
  CHECK(found.why.empty());
}

TEST_CASE("what libssh lacks is done by OpenSSH, and the reason is told") {
  const std::pair<const char*, const char*> cases[] = {
      {"ProxyJump bastion", "proxyjump is bastion"},
      {"ProxyCommand nc %h %p", "proxycommand is nc %h %p"},
      {"HostKeyAlias other", "hostkeyalias is other"},
      {"ControlMaster auto", "controlmaster is auto"},
      {"Compression yes", "compression is yes"},
      {"SendEnv SECRET", "sendenv is SECRET"},
      {"AddressFamily inet6", "addressfamily is inet6"},
  };
  for (const auto& [line, why] : cases) {
    const Configured other(std::string("Host web*\n  ") + line + "\n");
    const auto found = other.transport("web1");
    CHECK(found.kind == Transport::Kind::openssh);
    CHECK(found.why == why);
    CHECK(other.transport("db1").kind == Transport::Kind::libssh);
  }
}

TEST_CASE("a key, an agent or a list of known hosts that libssh can't use is OpenSSH's") {
  Configured site("Host *\n  IdentityAgent none\n");
  REQUIRE(
      write_file(site.folder.path("known"), "@cert-authority * ssh-ed25519 AAAA\n").has_value());
  CHECK(site.transport("web1").why ==
        site.folder.path("known") + " has certificates or revoked keys");
  REQUIRE(write_file(site.folder.path("known"), "").has_value());
  REQUIRE(run({.arguments = {"ssh-keygen", "-q", "-p", "-P", "", "-N", "secret", "-f",
                             site.folder.path("key")}})
              ->status == 0);
  CHECK(site.transport("web1").why == "there is no key that it can use");
}

TEST_CASE("the transport that was asked for is the one") {
  Configured site("");
  site.reach.settings.transport = "libssh";
  CHECK(site.transport("web1").kind == Transport::Kind::libssh);
  site.reach.settings.transport = "openssh";
  CHECK(site.transport("db1").kind == Transport::Kind::openssh);
}

TEST_CASE("what libssh lacks is an error where nothing but libssh was asked for") {
  Configured site("Host web*\n  ProxyJump bastion\n");
  site.reach.settings.transport = "libssh";
  CHECK(site.refusal("web1").message ==
        "libssh was asked for, and can't do what is set for web1: proxyjump is bastion");
  CHECK(site.refusal("web1").hint == "transport = \"auto\" or \"openssh\" does it");
  CHECK(site.transport("db1").kind == Transport::Kind::libssh);
  REQUIRE(write_file(site.folder.path("known"), "@revoked * ssh-ed25519 AAAA\n").has_value());
  CHECK(site.refusal("db1").message.ends_with("known has certificates or revoked keys"));
  site.reach.settings.persist = std::chrono::seconds(60);
  CHECK(site.refusal("db1").message.ends_with("persist is 1m"));
}

TEST_CASE("ssh is asked once for hosts that its configuration treats alike, and gets each right") {
  const Configured site("Host db* !db2\n  User keeper\n  ControlPath ~/m-%r@%h:%p-%C-%n\n" +
                        std::string("Host web1\n  Port 2201\nInclude more\n# at 100%\n"));
  SshConfig config(site.reach);
  const std::pair<const char*, std::pair<const char*, const char*>> cases[] = {
      {"web1", {"2201", ""}},    {"web2", {"22", ""}}, {"WEB3", {"22", ""}},
      {"db1", {"22", "keeper"}}, {"db2", {"22", ""}},  {"db3", {"22", "keeper"}},
  };
  for (const auto& one : cases) {
    const auto& [name, expected] = one;
    INFO(one.first);
    const auto found = config.of(host(name));
    REQUIRE(found.has_value());
    const auto alone = SshConfig(site.reach).of(host(name));
    CHECK(found->said == alone->said);
    CHECK(found->value("port") == expected.first);
    if (*expected.second != '\0') CHECK(found->value("user") == expected.second);
  }
}

TEST_CASE("where more than a host's name could tell hosts apart each is asked for") {
  for (const char* text : {"Match host web2\n  Port 2299\n", "Host web2\n  HostName web1\nHost *\n",
                           "Host *\n  IdentityFile /keys/%h\n",
                           "Host web1\n  ControlPath /m/%n\nHost *\n  ControlPath /m/%h\n",
                           "Match exec \"test %h = web2\"\n  Port 2299\n"}) {
    CAPTURE(text);
    const Configured site(text);
    SshConfig config(site.reach);
    REQUIRE(config.of(host("web1")).has_value());
    CHECK(config.of(host("web2"))->said == SshConfig(site.reach).of(host("web2"))->said);
  }
}
