// SPDX-License-Identifier: MIT
// The command line itself, with two commands made for it.
#include "cli/app.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/commands/golden.hpp"

namespace davit {

namespace {

struct LowerOptions {
  std::string release;
  std::optional<std::string> environment;
  std::string note;
  std::string speed = "slow";
  std::vector<std::string> ropes;
  std::optional<std::string> wait;
  bool twice = false;
};

void declare(Options& o, LowerOptions& into) {
  o.positional("RELEASE", into.release, "what is lowered: NAME/NUMBER");
  o.positional("ENVIRONMENT", into.environment, "where; the first one when left out");
  o.value("--note,-n TEXT", into.note, "why");
  o.choice("--speed", {"slow", "fast"}, into.speed, "how fast");
  o.value("--rope NAME", into.ropes, "a rope to use; may be said more than once");
  o.value("--wait[=TIME]", into.wait, "until it is down, or so long");
  o.flag("--twice", into.twice, "lower it twice");
}

Result<ExitStatus> lower(const LowerOptions& options, Desk& desk) {
  if (options.note == "storm")
    return Error{
        "the sea is too high", "wait for the tide", {"harbour.toml", 3, 1}, Failure::refused};
  desk.out.line("{} → {}, {}, note '{}', ropes [{}], wait {}{}", options.release,
                options.environment.value_or("here"), options.speed, options.note,
                fmt::join(options.ropes, " "), options.wait ? "'" + *options.wait + "'" : "no",
                options.twice ? ", twice" : "");
  return ExitStatus::done;
}

struct LookOptions {};
void declare(Options&, LookOptions&) {}
Result<ExitStatus> look(const LookOptions&, Desk& desk) {
  desk.out.line("all is well{}", desk.settings.json ? ", as JSON" : "");
  desk.say("(said aside)");
  return ExitStatus::waiting;
}

std::vector<Command> two_commands() {
  return {{.name = "lower",
           .group = CommandGroup::promote,
           .summary = "lower a release",
           .about = "Ropes are checked first.",
           .examples = {{"davit lower shop/1 sea", "asks nobody"}},
           .declare = from<LowerOptions>(declare, lower)},
          {.name = "status",
           .group = CommandGroup::look,
           .summary = "look around",
           .declare = from<LookOptions>(declare, look)}};
}

// What is printed and the exit status, for a line of words.
std::string said(const std::vector<std::string>& words) {
  DeskOnStrings desk;
  const ExitStatus status = run(words, desk.desk, two_commands());
  return fmt::format("{}[{}]", desk.told(), static_cast<int>(status));
}

}  // namespace

TEST_CASE("a command line is read the way people write it") {
  CHECK(said({"lower", "shop/1"}) == "shop/1 → here, slow, note '', ropes [], wait no\n[0]");
  CHECK(said({"lower", "--note", "now", "shop/1", "sea"}) ==
        "shop/1 → sea, slow, note 'now', ropes [], wait no\n[0]");
  CHECK(said({"lower", "shop/1", "--speed=fast", "-nlater", "--rope", "a", "--rope=b"}) ==
        "shop/1 → here, fast, note 'later', ropes [a b], wait no\n[0]");
  CHECK(said({"--quiet", "lower", "shop/1", "--wait", "--twice"}) ==
        "shop/1 → here, slow, note '', ropes [], wait '', twice\n[0]");
  CHECK(said({"lower", "--wait=30m", "shop/1"}) ==
        "shop/1 → here, slow, note '', ropes [], wait '30m'\n[0]");
  CHECK(said({"lower", "--", "-strange", "--twice"}) ==
        "-strange → --twice, slow, note '', ropes [], wait no\n[0]");
}

TEST_CASE("a value is never mistaken for a word behind it") {
  CHECK(said({"lower", "--note=", "shop/1"}) ==
        "shop/1 → here, slow, note '', ropes [], wait no\n[0]");
  CHECK(said({"lower", "--note", "--twice", "shop/1"}) ==
        "shop/1 → here, slow, note '--twice', ropes [], wait no\n[0]");
  CHECK(said({"lower", "--note", "[a,b]", "shop/1", "--rope", "[x,y]"}) ==
        "shop/1 → here, slow, note '[a,b]', ropes [[x,y]], wait no\n[0]");
  CHECK(said({"lower", "--note", "one", "--note", "two", "shop/1"}) ==
        "shop/1 → here, slow, note 'two', ropes [], wait no\n[0]");
  CHECK(said({"lower", "--note", "{}", "shop/1", "++"}) ==
        "shop/1 → ++, slow, note '{}', ropes [], wait no\n[0]");
}

TEST_CASE("options that every command has stand before or behind its name") {
  CHECK(said({}) == "all is well\n--- talk\n(said aside)\n[4]");
  CHECK(said({"--json"}) == "all is well, as JSON\n--- talk\n(said aside)\n[4]");
  CHECK(said({"-q", "status"}) == "all is well\n[4]");
  CHECK(said({"status", "--json", "-q"}) == "all is well, as JSON\n[4]");
  CHECK(said({"-qC", "/tmp", "status"}) == "all is well\n[4]");
  CHECK(said({"-C/tmp", "--quiet", "status"}) == "all is well\n[4]");
}

TEST_CASE("what is unknown gets the nearest known one") {
  CHECK(said({"lowr"}) == "--- talk\nerror: unknown command 'lowr'; did you mean 'lower'?\n[2]");
  CHECK(said({""}) ==
        "--- talk\nerror: unknown command ''\n  davit --help lists the commands\n[2]");
  CHECK(said({"lower", "-yn"}) == "--- talk\nerror: --note needs a value\n  -n, --note TEXT\n[2]");
  CHECK(said({"xyzzy"}) ==
        "--- talk\nerror: unknown command 'xyzzy'\n  davit --help lists the commands\n[2]");
  CHECK(said({"lower", "shop/1", "--twise"}) ==
        "--- talk\nerror: unknown option '--twise'; did you mean '--twice'?\n  davit help "
        "lower\n[2]");
  CHECK(said({"lower", "shop/1", "--nte=x"}) ==
        "--- talk\nerror: unknown option '--nte'; did you mean '--note'?\n  davit help lower\n[2]");
  CHECK(
      said({"lower", "shop/1", "--speed", "fsat"}) ==
      "--- talk\nerror: --speed can't be 'fsat'; did you mean 'fast'?\n  one of: slow, fast\n[2]");
  CHECK(said({"--jsn"}) ==
        "--- talk\nerror: unknown option '--jsn'; did you mean '--json'?\n  davit help\n[2]");
  CHECK(said({"status", "-qZ"}) ==
        "--- talk\nerror: unknown option '-Z'\n  davit help status\n[2]");
}

TEST_CASE("too few and too many words are said") {
  CHECK(said({"lower"}) ==
        "--- talk\nerror: RELEASE is missing\n  what is lowered: NAME/NUMBER\n[2]");
  CHECK(said({"lower", "a", "b", "c"}) ==
        "--- talk\nerror: 'c' is one word too many\n  davit help lower\n[2]");
  CHECK(said({"lower", "a", "--note"}) ==
        "--- talk\nerror: --note needs a value\n  -n, --note TEXT\n[2]");
}

TEST_CASE("an error says where and what to do, and is a record with --json") {
  CHECK(said({"lower", "shop/1", "--note", "storm"}) ==
        "--- talk\nharbour.toml:3:1: refused: the sea is too high\n  wait for the tide\n[3]");
  CHECK(said({"lower", "shop/1", "--note", "storm", "--json"}) ==
        "{\"davit\":1,\"command\":\"lower\",\"error\":{\"message\":\"the sea is too high\","
        "\"hint\":\"wait for the tide\",\"place\":{\"file\":\"harbour.toml\",\"line\":3,"
        "\"column\":1},\"failure\":\"refused\",\"exit\":3}}\n"
        "--- talk\nharbour.toml:3:1: refused: the sea is too high\n  wait for the tide\n[3]");
}

TEST_CASE("words that can't be read are a record, too") {
  CHECK(said({"--json", "lowr"}) ==
        "{\"davit\":1,\"command\":\"lowr\",\"error\":{\"message\":\"unknown command 'lowr'; "
        "did you mean 'lower'?\",\"failure\":\"misused\",\"exit\":2}}\n"
        "--- talk\nerror: unknown command 'lowr'; did you mean 'lower'?\n[2]");
  const std::string unknown =
      "{\"davit\":1,\"command\":\"lower\",\"error\":{\"message\":\"unknown option '--bogus'\","
      "\"hint\":\"davit help lower\",\"failure\":\"misused\",\"exit\":2}}\n--- talk\nerror: "
      "unknown option '--bogus'\n  davit help lower\n[2]";
  CHECK(said({"lower", "shop/1", "--bogus", "--json"}) == unknown);
  CHECK(said({"--json", "lower", "--bogus"}) == unknown);
  CHECK(said({"lower", "--note", "--json", "--bogus"}).starts_with("--- talk"));
  CHECK(said({"lower", "--json"}).starts_with("{\"davit\":1,\"command\":\"lower\",\"error\""));
  CHECK(said({"--json", "--bogus"}).starts_with("{\"davit\":1,\"command\":\"status\",\"error\""));
}

TEST_CASE("--help never acts and is never in the way") {
  golden("help-command", said({"lower", "--help"}));
  CHECK(said({"help", "lower"}) == said({"lower", "--help"}));
  CHECK(said({"--help", "lower"}) == said({"lower", "--help"}));
  CHECK(said({"lower", "shop/1", "--bogus", "-h"}) == said({"lower", "--help"}));
  golden("help-overview", said({"--help"}));
  CHECK(said({"help"}) == said({"--help"}));
  CHECK(said({"--version"}).starts_with("davit 0."));
}

}  // namespace davit
