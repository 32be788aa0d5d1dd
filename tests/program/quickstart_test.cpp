// SPDX-License-Identifier: MIT
// examples/quickstart, deployed for real: a service in three environments on loopback.
#include <doctest/doctest.h>

#include <string>

#include "tests/program/port.hpp"
#include "tests/program/scratch.hpp"

namespace {

using program::free_port;
using program::Scratch;
using program::Spoken;

const std::string kDefinition = ".davit/definitions/hello.toml";

void replace(Scratch& scratch, const std::string& file, const std::string& from,
             const std::string& to) {
  std::string text = scratch.read(file);
  REQUIRE(text.find(from) != std::string::npos);
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  scratch.write(file, text);
}

// The quickstart in a repository of its own, on ports of its own, stopped afterwards.
class Quickstart {
 public:
  Quickstart() {
    scratch.copy_in("examples/quickstart");
    replace(scratch, kDefinition, "8101", std::to_string(free_port()));
    replace(scratch, kDefinition, "8102", std::to_string(free_port()));
    production_ = std::to_string(free_port());
    replace(scratch, kDefinition, "8103", production_);
    scratch.commit("hello 1.0.0");
    REQUIRE(scratch.run({"make", "-s"}).status == 0);
  }
  Quickstart(const Quickstart&) = delete;
  Quickstart& operator=(const Quickstart&) = delete;
  ~Quickstart() { scratch.run({"make", "-s", "stop"}); }

  std::string production() {
    return scratch.run({"curl", "-sS", "http://127.0.0.1:" + production_ + "/"}).out;
  }

  void approved_by_bob(const std::string& release) {
    scratch.as("bob@example.com");
    const Spoken said = scratch.davit({"approve", release, "production", "--yes"});
    CAPTURE(said.out);
    CAPTURE(said.err);
    CHECK(said.status == 0);
    scratch.as("alice@example.com");
  }

  // davit exits so; what it said otherwise.
  void davit(const program::Words& arguments, int status) {
    const Spoken said = scratch.davit(arguments);
    CAPTURE(arguments.front());
    CAPTURE(said.out);
    CAPTURE(said.err);
    REQUIRE(said.status == status);
  }

  Scratch scratch;

 private:
  std::string production_;
};

TEST_CASE(
    "the quickstart reaches production with somebody else's yes, and goes back from a failure") {
  Quickstart hello;
  hello.davit({"check"}, 0);
  hello.davit({"create", "hello"}, 0);
  hello.davit({"run"}, 4);
  hello.davit({"why", "hello/1", "production"}, 4);
  hello.davit({"approve", "hello/1", "production", "--yes"}, 3);
  hello.approved_by_bob("hello/1");
  hello.davit({"run"}, 0);
  CHECK(hello.production() == "Hello from production, version 1.0.0\n");

  // What dev and staging were given, and production was not.
  replace(hello.scratch, "hello.py", "= \"Hello\"", "= os.environ[\"GREETING\"]");
  replace(hello.scratch, kDefinition, "variables = { ", "variables = { GREETING = \"Ahoy\", ");
  hello.scratch.write("VERSION", "1.1.0\n");
  hello.scratch.commit("hello 1.1.0");
  REQUIRE(hello.scratch.run({"make", "-s"}).status == 0);
  hello.davit({"create", "hello"}, 0);
  hello.davit({"run"}, 4);
  hello.approved_by_bob("hello/2");
  hello.davit({"run"}, 6);
  CHECK(hello.production() == "Hello from production, version 1.0.0\n");
  hello.davit({"verify"}, 0);
}

}  // namespace
