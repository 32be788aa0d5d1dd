// SPDX-License-Identifier: MIT
// What people copy: the examples of every command's help, and every line of davit's in README.md,
// are read without complaint.
#include <doctest/doctest.h>

#include <fstream>
#include <regex>

#include "cli/commands.hpp"
#include "cli/line.hpp"

namespace davit {

namespace {

using Words = std::vector<std::string>;

// As a shell would: quotes and backslashes go; nothing behind a redirection, pipe or comment.
Words shell_words(const std::string& line) {
  Words words;
  std::string word;
  bool any = false;
  char quote = 0;
  for (const char c : line + " ") {
    if (quote != 0) {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      any = true;
    } else if (c == '<' || c == '|' || c == '>' || c == '#' || c == ';') {
      break;
    } else if (c != ' ') {
      word += c;
    } else if (any || !word.empty()) {
      words.push_back(std::exchange(word, {}));
      any = false;
    }
  }
  return words;
}

// The words behind "davit"; nothing where the line is not one of davit's.
std::optional<Words> of_davit(const std::string& line) {
  const auto inner = line.find("$(");  // eval "$(davit …)"
  const auto words = shell_words(inner == std::string::npos
                                     ? line
                                     : line.substr(inner + 2, line.find(')', inner) - inner - 2));
  const auto davit = std::find(words.begin(), words.end(), "davit");
  if (davit == words.end() || davit - words.begin() > 1) return std::nullopt;
  return Words(davit + 1, words.end());
}

// What is wrong with the words of a command line; empty when nothing is.
std::string complaint(const Words& words) {
  Settings settings;
  Options global;
  declare(global, settings);
  const auto line = read_line(global, words);
  const auto* command = find(commands(), line.command.value_or(std::string(kDefaultCommand)));
  if (command == nullptr) return "no command " + *line.command;
  Options all;
  const auto run = command->declare(all);
  for (const auto& option : global.all()) all.add(option);
  const auto parsed = parse(all, line.rest);
  return parsed ? "" : parsed.error().message;
}

}  // namespace

TEST_CASE("the examples of every command's help are read without complaint") {
  for (const auto& command : commands())
    for (const auto& example : command.examples) {
      const auto words = of_davit(std::string(example.line));
      REQUIRE_MESSAGE(words, example.line);
      CHECK((words->empty() ? kDefaultCommand : words->front()) == command.name);
      CHECK_MESSAGE(complaint(*words).empty(), example.line, ": ", complaint(*words));
    }
}

TEST_CASE("help is the same asked for in either way, for every command") {
  for (const auto& command : commands()) {
    const std::string name(command.name);
    CHECK(complaint({"help", name}).empty());
    CHECK(complaint({name, "--help"}).empty());
    CHECK(read_line(Options(), {"help", name}).command == name);
  }
}

TEST_CASE("the lines of davit's in README.md are read without complaint") {
  std::ifstream readme(std::string(DAVIT_SOURCE_DIR) + "/README.md");
  const std::regex span("`(davit [^`]+)`");
  int seen = 0;
  for (std::string line; std::getline(readme, line);) {
    if (line.starts_with("$ ")) {
      const auto words = of_davit(line.substr(2));
      if (words) CHECK_MESSAGE(complaint(*words).empty(), line, ": ", complaint(*words));
      seen += words ? 1 : 0;
    }
    for (std::sregex_iterator one(line.begin(), line.end(), span), end; one != end; ++one) {
      const auto words = of_davit((*one)[1]);
      if (!words || words->empty() || words->front() == "COMMAND") continue;
      const auto wrong = complaint(*words);
      const bool short_form =
          wrong.ends_with(" is missing");  // `davit mark` stands for the command
      CHECK_MESSAGE((wrong.empty() || short_form), line, ": ", wrong);
      ++seen;
    }
  }
  CHECK(seen > 40);
}

}  // namespace davit
