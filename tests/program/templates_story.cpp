// SPDX-License-Identifier: MIT
// The first hour: what `davit new` writes is deployed with as little as its comments ask for.
#include <doctest/doctest.h>

#include "definitions/templates.hpp"
#include "tests/program/port.hpp"
#include "tests/program/scratch.hpp"
#include "tests/program/told.hpp"

namespace {

using program::free_port;
using program::says;
using program::Scratch;
using program::Spoken;
using program::Words;

// davit exits so, whatever else it says.
Spoken must(Scratch& scratch, const Words& words, int status = 0) {
  auto said = scratch.davit(words);
  CAPTURE(words.front());
  CAPTURE(said.out);
  CAPTURE(said.err);
  REQUIRE(said.status == status);
  return said;
}

// A new repository with one definition made from the template of the same name.
void begin(Scratch& scratch, const std::string& name, const std::string& from) {
  must(scratch, {"init"});
  must(scratch, {"new", name, "--template", from});
  must(scratch, {"check"});
}

void replace(Scratch& scratch, const std::string& file, const std::string& from,
             const std::string& to) {
  auto text = scratch.read(file);
  REQUIRE(text.find(from) != std::string::npos);
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  scratch.write(file, text);
}

TEST_CASE("every template has its story here") {
  for (const auto& one : davit::templates()) {
    const std::string name(one.name);
    CHECK_MESSAGE((name == "script" || name == "static-site" || name == "service" ||
                   name == "three-environments"),
                  name);
  }
}

TEST_CASE("template script: nothing is to be added") {
  Scratch scratch;
  begin(scratch, "web", "script");
  scratch.commit("web");
  must(scratch, {"create", "web"});
  CHECK(says(must(scratch, {"run"}), "hello from web/1 in dev"));
  CHECK(says(must(scratch, {"promote", "web/1", "production", "--verbose"}),
             "hello from web/1 in production"));
}

TEST_CASE("template static-site: a page and a line in .gitignore") {
  Scratch scratch;
  begin(scratch, "web", "static-site");
  scratch.write("site/index.html", "<p>one</p>\n");
  scratch.write(".gitignore", "/deploy/\n");
  scratch.commit("web");
  must(scratch, {"create", "web", "--deploy"});
  must(scratch, {"promote", "web/1", "live"});
  scratch.write("site/index.html", "<p>two</p>\n");
  scratch.commit("two");
  must(scratch, {"create", "web", "--deploy"});
  must(scratch, {"promote", "web/2", "live"});
  CHECK(scratch.read("deploy/web/live/current/index.html") == "<p>two</p>\n");
  must(scratch, {"rollback", "web", "live", "--yes"});
  CHECK(scratch.read("deploy/web/live/current/index.html") == "<p>one</p>\n");
  CHECK(scratch.git({"status", "--porcelain"}).empty());
}

TEST_CASE("template three-environments: one's own yes, to begin with") {
  Scratch scratch;
  begin(scratch, "web", "three-environments");
  scratch.commit("web");
  must(scratch, {"create", "web", "--set", "LOG_LEVEL=debug"});
  CHECK(says(must(scratch, {"run"}, 4), "davit approve web/1 production"));
  CHECK(says(must(scratch, {"approve", "web/1", "production", "--yes", "--run"}),
             "web/1 in production"));
}

// examples/quickstart's service, without its own definition.
class Service {
 public:
  Service() {
    scratch.copy_in("examples/quickstart");
    scratch.run({"rm", "-rf", ".davit", ".git/index"});
    begin(scratch, "hello", "service");
    const auto production = std::to_string(free_port());
    replace(scratch, ".davit/definitions/hello.toml", "8081", production);
    dev_ = std::to_string(free_port());
    replace(scratch, ".davit/definitions/hello.toml", "8080", dev_);
    release("1.0.0");
  }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service() {
    for (const char* where : {"dev", "production"})
      scratch.run({"sh", "-c", std::string("kill $(cat deploy/hello/") + where + "/hello.pid)"});
  }

  void release(const std::string& version) {
    scratch.write("VERSION", version + "\n");
    scratch.commit(version);
    REQUIRE(scratch.run({"make", "-s"}).status == 0);
    must(scratch, {"create", "hello"});
    must(scratch, {"run"});
  }

  std::string dev() { return scratch.run({"curl", "-sS", "http://127.0.0.1:" + dev_ + "/"}).out; }

  Scratch scratch;

 private:
  std::string dev_;
};

TEST_CASE("template service: deployed, rolled back by hand, and by itself when a step fails") {
  Service hello;
  CHECK(hello.dev() == "Hello from dev, version 1.0.0\n");
  must(hello.scratch, {"promote", "hello/1", "production"});
  hello.release("1.1.0");
  CHECK(hello.dev() == "Hello from dev, version 1.1.0\n");
  must(hello.scratch, {"rollback", "hello", "dev", "--yes"});
  CHECK(hello.dev() == "Hello from dev, version 1.0.0\n");

  replace(hello.scratch, "restart", "set -eu", "set -eu\n[ $DAVIT_ENVIRONMENT = dev ] || exit 1");
  hello.scratch.write("restart", hello.scratch.read("restart"), 0755);
  hello.release("1.2.0");
  const auto failed = must(hello.scratch, {"promote", "hello/3", "production"}, 6);
  CHECK(says(failed, "rolled back: hello/1 is live in production"));
}

}  // namespace
