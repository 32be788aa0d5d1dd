// SPDX-License-Identifier: MIT
// The examples with targets, each built, deployed to three hosts, broken and brought back.
#include <doctest/doctest.h>

#include <string>

#include "tests/program/fleet.hpp"
#include "tests/program/port.hpp"
#include "tests/program/scratch.hpp"
#include "tests/program/told.hpp"

namespace {

using program::Fleet;
using program::free_port;
using program::says;
using program::Scratch;
using program::Spoken;

// An example in a repository of its own, with three hosts.
struct Example {
  Scratch scratch;
  Fleet fleet{3};
  std::string port = std::to_string(free_port());

  explicit Example(const std::string& name) {
    scratch.copy_in("examples/" + name);
    scratch.write(".davit/team.toml", fleet.team());
    scratch.write(".davit/ssh_config", fleet.ssh_config());
  }
  ~Example() {
    for (int host = 1; host <= 3; ++host)
      scratch.run({"sh", "-c", "kill -9 $1", "sh", fleet.read(host, "hello/hello.pid")});
  }

  void change(const std::string& file, const std::string& from, const std::string& to) {
    auto text = scratch.read(file);
    const auto at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, file, ": ", from);
    scratch.write(file, text.replace(at, from.size(), to));
  }

  // Whether each of the hosts answers so.
  void answers(const std::string& text) {
    for (int host = 1; host <= 3; ++host)
      CHECK(
          scratch.run({"curl", "-sS", "http://" + fleet.name(host) + ":" + port + "/health"}).out ==
          text + "\n");
  }

  Spoken release(const std::string& version) {
    scratch.write("VERSION", version + "\n");
    scratch.commit("hello " + version);
    const Spoken built = scratch.run({"sh", "package"});
    REQUIRE_MESSAGE(built.status == 0, built.err);
    return scratch.davit({"create", "hello", "--deploy"});
  }
};

void service(const std::string& name, const std::string& source, const std::string& good,
             const std::string& bad) {
  Example example(name);
  example.change(".davit/definitions/hello.toml", "8080", example.port);
  const auto deployed = [&](const std::string& release) {
    return example.scratch.davit({"deploy", release, "production"});
  };
  example.release("1.0.0");
  const Spoken first = deployed("hello/1");
  REQUIRE_MESSAGE(first.status == 0, first.err);
  example.answers("hello 1.0.0");
  example.release("1.1.0");
  CHECK(deployed("hello/2").status == 0);
  example.answers("hello 1.1.0");

  example.change(source, good, bad);
  example.change(".davit/definitions/hello.toml", "retries   = 20", "retries   = 2");
  example.release("1.2.0");
  const Spoken broken = deployed("hello/3");
  CHECK_MESSAGE(broken.status == 6, broken.err);
  example.answers("hello 1.1.0");
  CHECK(example.fleet.read(2, "hello/releases/3/VERSION").empty());

  const Spoken back = example.scratch.davit({"rollback", "hello", "production", "--yes"});
  CHECK_MESSAGE(back.status == 0, back.err);
  example.answers("hello 1.0.0");
}

TEST_CASE("the example of a Java service is built, deployed, broken and brought back") {
  service("java-service", "Hello.java", "sendResponseHeaders(200", "sendResponseHeaders(500");
}

TEST_CASE("the example of a .NET service is built, deployed, broken and brought back") {
  service("dotnet-service", "Hello.cs", "StatusCode = 200", "StatusCode = 500");
}

TEST_CASE("the example of a static site is deployed, broken and brought back") {
  Example example("static-site");
  auto& scratch = example.scratch;
  scratch.commit("version 1");
  scratch.davit({"create", "site"});
  const Spoken first = scratch.davit({"deploy", "site/1", "production"});
  REQUIRE_MESSAGE(first.status == 0, first.err);
  const auto shows = [&](const std::string& text) {
    for (int host = 1; host <= 3; ++host)
      CHECK(example.fleet.read(host, "site/current/index.html").find(text) != std::string::npos);
  };
  shows("Version 1");
  example.change("site/index.html", "Version 1", "Version 2");
  scratch.commit("version 2");
  scratch.davit({"create", "site"});
  CHECK(scratch.davit({"deploy", "site/2", "production"}).status == 0);
  shows("Version 2");
  example.change("site/index.html", "Version 2", "nothing");
  scratch.write("site/index.html", "nothing");
  scratch.commit("a mistake");
  scratch.davit({"create", "site"});
  CHECK(scratch.davit({"deploy", "site/3", "production"}).status == 6);
  shows("Version 2");
  CHECK(scratch.davit({"rollback", "site", "production", "--yes"}).status == 0);
  shows("Version 1");
}

}  // namespace
