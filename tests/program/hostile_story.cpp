// SPDX-License-Identifier: MIT
// Text that others wrote is shown, never obeyed: by no command, on either stream.
#include <doctest/doctest.h>

#include "tests/program/told.hpp"

namespace {

using program::Spoken;
using program::Told;
using program::Words;

const char* const kHostile = R"(
description = "two\nlines \u001b[2J"

[artifacts.app]
file = "*.tgz"

[variables]
GREETING = { value = "a\u001b]0;title\u0007b", ask = true }

[environments.dev]
deploy_on = "release"
on_failure = "stop"
  [[environments.dev.steps]]
  name = "Say"
  run = "printf '\\033[2Jx\\r\\377\\n::error::x\\n' >&2; test ! -e fail"

[environments.prod]
needs = ["dev"]
deploy_on = "success"
before = [{ approval = { from = ["bob@example.com"] } }]
steps = [{ run = "echo '\u001b[31m' >> $DID" }]
)";

const char* const kEvil = "evil \x1b[2J\x1b]0;t\x07\r \x08\xe2\x80\xae";

// Characters that a terminal obeys, but for the line end.
bool is_harmless(const std::string& text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n') || byte == 0x7f) return false;
  }
  return text.find("\xe2\x80\xae") == std::string::npos;
}

void check_harmless(Told& told, const Words& command) {
  std::string line;
  for (const auto& word : command) line += word + " ";
  CAPTURE(line);
  const Spoken said = told.davit(command);
  CHECK_MESSAGE(is_harmless(said.out), said.out);
  CHECK_MESSAGE(is_harmless(said.err), said.err);
}

TEST_CASE("what others wrote can't command a terminal, whatever the command") {
  Told told(kHostile);
  told.write("a\n\x1b[31m.tgz", "x");
  told.write("more", kEvil);
  told.commit(kEvil);
  told.set("GIT_AUTHOR_NAME", kEvil);
  const std::string value = std::string("GREETING=") + kEvil;
  check_harmless(told, {"check"});
  check_harmless(told, {"create", "web", "--note", kEvil, "--set", value});
  check_harmless(told, {"run"});
  check_harmless(told, {"approve", "web/1", "prod"});
  told.write("fail", kEvil);
  told.commit(std::string("another ") + kEvil);
  check_harmless(told, {"create", "web", "--draft"});
  check_harmless(told, {"start", "web/2"});
  check_harmless(told, {"run", "--verbose"});
  check_harmless(told, {"lock", "web", "prod", "--reason", kEvil});
  check_harmless(told, {"plan", "web/1", "prod"});
  check_harmless(told, {"plan", "web/2", "dev"});
  check_harmless(told, {"why", "web/1", "prod"});
  check_harmless(told, {"status"});
  check_harmless(told, {"show", "web/1"});
  check_harmless(told, {"show", "web/2"});
  check_harmless(told, {"changes", "web/2"});
  check_harmless(told, {"changes", "web/2", "--to", "dev"});
  check_harmless(told, {"where", "HEAD"});
  check_harmless(told, {"history"});
  check_harmless(told, {"verify"});
  check_harmless(told, {"mark", "bad", "web/2", "--reason", kEvil});
  check_harmless(told, {"status"});
  check_harmless(told, {"unlock", "web", "prod"});
  check_harmless(told, {"deploy", "web/2", "prod", "--skip-needs", "--reason", kEvil});
  told.as("bob@example.com");
  check_harmless(told, {"reject", "web/1", "prod", "-m", kEvil, "--yes"});
  check_harmless(told, {"why", "web/1", "prod"});
  check_harmless(told, {"status"});
  check_harmless(told, {"history", "web"});
  check_harmless(told, {"abandon", "web/2", "--reason", kEvil});
  check_harmless(told, {"show", "web/2"});
  check_harmless(told, {"gc"});
}

TEST_CASE("names that are none are shown, never obeyed") {
  Told told(kHostile);
  for (const char* command : {"show", "why", "deploy", "log", "create", "status", "where", "plan",
                              "approve", "lock", "history", "changes", "nothing-of-this-name"})
    check_harmless(told, {command, kEvil});
  check_harmless(told, {kEvil});
  check_harmless(told, {"status", std::string("--") + kEvil});
  check_harmless(told, {"-C", kEvil, "status"});
  check_harmless(told, {"check", kEvil});
  check_harmless(told, {"create", "web", "--artifact", std::string("app=") + kEvil});
  check_harmless(told, {"create", "web", "--set", std::string("X") + kEvil + "=1"});
}

}  // namespace
