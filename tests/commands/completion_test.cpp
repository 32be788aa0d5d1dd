// SPDX-License-Identifier: MIT
// What shells are told to offer, and the shells themselves where they are installed.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "cli/app.hpp"
#include "cli/commands.hpp"
#include "cli/completion_scripts.hpp"
#include "cli/completions.hpp"
#include "tests/commands/golden.hpp"

namespace davit {

namespace {

using Words = std::vector<std::string>;

struct HoistOptions {
  std::optional<std::string> release, environment;
  std::string speed, file;
  bool all = false;
};

struct LowerOptions {
  std::vector<std::string> what;
};

void declare(Options& o, HoistOptions& into) {
  o.positional("RELEASE", into.release, "");
  o.positional("ENVIRONMENT", into.environment, "");
  o.choice("--speed,-s", {"slow", "fast"}, into.speed, "");
  o.value("--output FILE", into.file, "");
  o.flag("--all", into.all, "");
}

Result<ExitStatus> hoist(const HoistOptions&, Desk&) { return ExitStatus::done; }

void declare_lower(Options& o, LowerOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "");
}

void declare_swing(Options& o, LowerOptions& into) { o.positional("out HOST", into.what, ""); }

Result<ExitStatus> lower(const LowerOptions&, Desk&) { return ExitStatus::done; }

// The words that are offered, with ":files" for files.
Words offered(const Words& words) {
  const std::vector<Command> all = {
      {.name = "hoist", .declare = from<HoistOptions>(declare, hoist)},
      {.name = "lower", .hidden = true, .declare = from<LowerOptions>(declare_lower, lower)},
      {.name = "swing", .hidden = true, .declare = from<LowerOptions>(declare_swing, lower)},
      {.name = "help-less", .hidden = true, .declare = from<HoistOptions>(declare, hoist)}};
  const KnownNames names{.definitions =
                             [] {
                               return std::vector<Candidate>{{"web", ""}};
                             },
                         .releases =
                             [](const std::string&) {
                               return std::vector<Candidate>{{"web/1", ""}, {"web/2", ""}};
                             },
                         .environments =
                             [](const std::string& definition) {
                               return std::vector<Candidate>{{"dev-of-" + definition, ""}};
                             },
                         .hosts =
                             [] {
                               return std::vector<Candidate>{{"web1", ""}};
                             }};
  const Completions found = complete(words, all, names);
  Words out;
  for (const Candidate& candidate : found.candidates) out.push_back(candidate.word);
  if (found.paths == Completions::Paths::files) out.emplace_back(":files");
  if (found.paths == Completions::Paths::directories) out.emplace_back(":directories");
  return out;
}

std::string read(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(std::string(DAVIT_SOURCE_DIR) + "/" + path).rdbuf();
  return text.str();
}

bool installed(const std::string& shell) {
  return std::system(("command -v " + shell + " >/dev/null 2>&1").c_str()) == 0;
}

std::string output(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) text += static_cast<char>(c);
  pclose(pipe);
  return text;
}

}  // namespace

TEST_CASE("commands, options and values are offered where they may stand") {
  CHECK(offered({""}) == Words{"hoist"});
  CHECK(offered({"ho"}) == Words{"hoist"});
  CHECK(offered({"x"}).empty());
  CHECK(offered({"-q", "h"}) == Words{"hoist"});
  CHECK(offered({"--js"}) == Words{"--json"});
  CHECK(offered({"hoist", "--"}).front() == "--directory");
  CHECK(offered({"hoist", "--a"}) == Words{"--all"});
  CHECK(offered({"hoist", "--all", "--a"}).empty());
  CHECK(offered({"hoist", "-s", ""}) == Words{"slow", "fast"});
  CHECK(offered({"hoist", "--speed", "f"}) == Words{"fast"});
  CHECK(offered({"hoist", "--speed=f"}) == Words{"--speed=fast"});
  CHECK(offered({"hoist", "--output", "a"}) == Words{":files"});
  CHECK(offered({"-C", ""}) == Words{":directories"});
  CHECK(offered({"help", "h"}) == Words{"hoist"});
  CHECK(offered({"nonsense", ""}).empty());
  CHECK(offered({}).empty());
}

TEST_CASE("names of the repository are offered in turn") {
  CHECK(offered({"hoist", ""}) == Words{"web/1", "web/2"});
  CHECK(offered({"hoist", "web/2"}) == Words{"web/2"});
  CHECK(offered({"hoist", "--all", "web/2", ""}) == Words{"dev-of-web"});
  CHECK(offered({"hoist", "web/2", "dev", ""}).empty());
}

TEST_CASE("what may be left out is offered in any order, and once") {
  CHECK(offered({"lower", ""}) == Words{"web/1", "web/2", "dev-of-"});
  CHECK(offered({"lower", "d"}) == Words{"dev-of-"});
  CHECK(offered({"lower", "web/2", ""}) == Words{"dev-of-web"});
  CHECK(offered({"lower", "web", ""}) == Words{"dev-of-web"});
  CHECK(offered({"lower", "dev-of-web", ""}) == Words{"web/1", "web/2"});
  CHECK(offered({"lower", "web/2", "dev-of-web", ""}).empty());
  CHECK(offered({"swing", ""}) == Words{"out", "web1"});
  CHECK(offered({"swing", "out", ""}) == Words{"web1"});
  CHECK(offered({"swing", "out", "web1", ""}) == Words{"web1"});
}

TEST_CASE("the files under completions/ are what davit prints") {
  CHECK(read("completions/davit.bash") == completion_script("bash"));
  CHECK(read("completions/_davit") == completion_script("zsh"));
  CHECK(read("completions/davit.fish") == completion_script("fish"));
}

TEST_CASE("bash asks davit") {
  if (!installed("bash")) return;
  const std::string script =
      std::string("source ") + DAVIT_SOURCE_DIR + "/completions/davit.bash; ";
  const auto ask = [&](const std::string& words, int at) {
    return output("PATH=$(dirname " + std::string(DAVIT_PROGRAM) + "):$PATH bash -c '" + script +
                  "compopt() { echo opt $*; }; COMP_WORDS=(" + words +
                  "); COMP_CWORD=" + std::to_string(at) + "; _davit; echo ${COMPREPLY[@]}'");
  };
  CHECK(ask("davit compl", 1) == "completion\n");
  CHECK(ask("davit completion --js", 2) == "--json\n");
  CHECK(ask("davit completion \"\"", 2) == "bash zsh fish\n");
  CHECK(ask("davit --directory = ", 2) == "opt -o dirnames\n\n");
}

TEST_CASE("zsh and fish take their scripts") {
  const std::string folder = std::string(DAVIT_SOURCE_DIR) + "/completions/";
  if (installed("zsh")) CHECK(std::system(("zsh -n " + folder + "_davit").c_str()) == 0);
  if (!installed("fish")) return;
  CHECK(output("PATH=$(dirname " + std::string(DAVIT_PROGRAM) +
               "):$PATH fish --no-config -c 'source " + folder +
               "davit.fish; complete -C \"davit completion z\"'") == "zsh\n");
}

TEST_CASE("every command has a summary, an example and a help that shows it") {
  for (const Command& command : commands()) {
    CAPTURE(command.name);
    CHECK(!command.summary.empty());
    REQUIRE(!command.examples.empty());
    DeskOnStrings desk;
    CHECK(run({std::string(command.name), "--help"}, desk.desk) == ExitStatus::done);
    CHECK(desk.out.find(command.examples.front().line) != std::string::npos);
  }
}

TEST_CASE("the manual page names every command, and man reads it without complaint") {
  DeskOnStrings desk;
  CHECK(run({"man"}, desk.desk) == ExitStatus::done);
  for (const Command& command : commands()) {
    CAPTURE(command.name);
    const std::string heading = ".SS davit " + std::string(command.name);
    CHECK((desk.out.find(heading) != std::string::npos) != command.hidden);
  }
  if (installed("groff"))
    CHECK(output(std::string(DAVIT_PROGRAM) + " man | groff -man -ww -z 2>&1") == "");
}

}  // namespace davit
