// SPDX-License-Identifier: MIT
// The tab key, in the shells that are installed here: their own scripts, asked in a repository.
#include <doctest/doctest.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "definitions/templates.hpp"
#include "tests/program/told.hpp"

namespace {

using program::Told;
using program::Words;

const char* const kDefinition = R"(
[environments.dev]
deploy_on = "release"
steps = [{ run = "true" }]
[environments.production]
steps = [{ run = "true" }]
)";

// What a shell offers for the last of the words, one a line, sorted.
class Shell {
 public:
  Shell(Told& told, std::string name) : told_(told), name_(std::move(name)) {
    const std::string program = DAVIT_PROGRAM;
    told_.set("PATH", program.substr(0, program.rfind('/')) + ":/usr/bin:/bin");
    there_ = told_.run({"sh", "-c", "command -v " + name_}).status == 0;
  }

  bool there() const { return there_; }

  std::string offers(const std::string& line) {
    const auto said = told_.run({name_, "-c", script(line)});
    CAPTURE(said.err);
    CHECK(said.err.empty());
    std::vector<std::string> words;
    std::string word;
    for (const char c : said.out + "\n") {
      if (c != '\n') {
        word += c;
      } else if (!word.empty()) {
        words.push_back(std::exchange(word, {}));
      }
    }
    std::sort(words.begin(), words.end());
    for (const auto& one : words) word += one + " ";
    return word;
  }

 private:
  std::string script(const std::string& line) const {
    const std::string folder = std::string(DAVIT_SOURCE_DIR) + "/completions/";
    const bool begun = line.ends_with(' ');
    if (name_ == "bash")
      return "source " + folder + "davit.bash; compopt() { :; }; COMP_WORDS=(" + line +
             (begun ? "''" : "") +
             "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _davit; printf '%s\\n' \"${COMPREPLY[@]}\"";
    if (name_ == "zsh")  // what _describe and compadd are given is what they would offer
      return "compdef() { :; }; source " + folder + "_davit; words=(" + line + (begun ? "''" : "") +
             "); CURRENT=${#words}; _describe() { print -l -- ${described%%:*}; }; "
             "compadd() { shift 3; print -l -- \"$@\"; }; _davit";
    return "source " + folder + "davit.fish; complete -C '" + line +
           "' | string replace -r '\\t.*' ''";
  }

  Told& told_;
  std::string name_;
  bool there_ = false;
};

TEST_CASE("every shell offers commands, options and the repository's names") {
  Told told(kDefinition);
  told.davit({"create"});
  told.davit({"create"});
  for (const char* name : {"bash", "zsh", "fish"}) {
    Shell shell(told, name);
    if (!shell.there()) continue;
    CAPTURE(name);
    CHECK(shell.offers("davit appr") == "approve ");
    CHECK(shell.offers("davit run ") == "web ");
    CHECK(shell.offers("davit approve web/") == "web/1 web/2 ");
    CHECK(shell.offers("davit approve web/2 ") == "dev production ");
    CHECK(shell.offers("davit approve pro") == "production ");
    CHECK(shell.offers("davit rollback ") == "dev production web ");
    CHECK(shell.offers("davit changes web/2 pro") == "production ");
    CHECK(shell.offers("davit rollback web ") == "dev production ");
    CHECK(shell.offers("davit mark b") == "bad ");
    CHECK(shell.offers("davit mark bad web/1") == "web/1 ");
    CHECK(shell.offers("davit check --format ") == "azure github json teamcity text ");
    CHECK(shell.offers("davit new x --template s") == "script service static-site ");
    CHECK(shell.offers("davit approve --ru") == "--run ");
  }
}

TEST_CASE("every command is offered, and to help, too") {
  Told told(kDefinition);
  std::vector<std::string> names;
  for (const auto& command : davit::commands())
    if (!command.hidden) names.emplace_back(command.name);
  std::sort(names.begin(), names.end());
  std::string all;
  for (const auto& name : names) all += name + " ";
  for (const char* name : {"bash", "zsh", "fish"}) {
    Shell shell(told, name);
    if (!shell.there()) continue;
    CAPTURE(name);
    CHECK(shell.offers("davit ") == all);
    CHECK(shell.offers("davit help ") == all);
  }
}

}  // namespace
