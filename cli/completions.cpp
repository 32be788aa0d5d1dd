// SPDX-License-Identifier: MIT
#include "cli/completions.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

#include "cli/line.hpp"

namespace davit {

namespace {

using Words = std::vector<std::string>;

std::vector<Candidate> of_commands(const std::vector<Command>& commands) {
  std::vector<Candidate> all;
  for (const Command& command : commands)
    if (!command.hidden) all.push_back({std::string(command.name), std::string(command.summary)});
  return all;
}

// The definition that the line is about, from a word such as "storefront" or "storefront/17".
std::string definition_of(const std::vector<Word>& said) {
  for (const Word& word : said)
    if (word.kind == Word::Kind::plain) return word.text.substr(0, word.text.find('/'));
  return {};
}

// "RELEASE ENVIRONMENT": what the words of a positional are called.
Words names_in(const std::string& value) {
  std::istringstream text(value);
  return {std::istream_iterator<std::string>(text), {}};
}

bool is_literal(const std::string& name) { return name.front() >= 'a' && name.front() <= 'z'; }

void add(Completions& all, Completions more) {
  for (Candidate& candidate : more.candidates) all.candidates.push_back(std::move(candidate));
  if (more.paths != Completions::Paths::none) all.paths = more.paths;
}

// One line that is being typed, and what is known about it.
class Typing {
 public:
  Typing(const Options& options, const std::vector<Command>& commands, const KnownNames& names,
         const Words& words)
      : options_(options), commands_(commands), names_(names), said_(sort_out(options, words)) {
    typed_ = said_.back();
    said_.pop_back();
  }

  Completions answer() const {
    if (typed_.kind == Word::Kind::value) return of_value(*typed_.option, typed_.text);
    const bool only_plain = std::any_of(
        said_.begin(), said_.end(), [](const Word& word) { return word.kind == Word::Kind::mark; });
    if (only_plain || !typed_.text.starts_with('-')) return of_positional();
    const std::size_t equals = typed_.text.find('=');
    if (equals == std::string::npos) return {of_options()};
    return behind_equals(equals);
  }

 private:
  // What may stand for a value that is called so: "RELEASE", "FILE".
  Completions called(const std::string& name, const std::string& typed) const {
    if (name == "COMMAND") return {of_commands(commands_)};
    if (name == "DEFINITION") return {names_.definitions()};
    if (name == "RELEASE") return {names_.releases(typed)};
    if (name == "ENVIRONMENT") return {names_.environments(definition_of(said_))};
    if (name == "HOST") return {names_.hosts()};
    if (name == "DIR") return {{}, Completions::Paths::directories};
    if (is_literal(name)) return {{{name, ""}}};
    const bool file = name == "FILE" || name == "PATH";
    return {{}, file ? Completions::Paths::files : Completions::Paths::none};
  }

  Completions of_value(const Option& option, const std::string& typed) const {
    if (!option.choices.empty()) {
      std::vector<Candidate> all;
      for (const std::string& choice : option.choices) all.push_back({choice, ""});
      return {all};
    }
    return called(option.value, typed);
  }

  // Whether a word says which release or definition is meant.
  bool names_definition(const std::string& word) const {
    if (word.find('/') != std::string::npos) return true;
    const auto known = names_.definitions();
    return std::any_of(known.begin(), known.end(),
                       [&](const Candidate& one) { return one.word == word; });
  }

  // Whether what is called so stands in the line already.
  bool is_said(const std::string& name) const {
    return std::any_of(said_.begin(), said_.end(), [&](const Word& word) {
      if (word.kind != Word::Kind::plain || name == "HOST") return false;
      if (name == "ENVIRONMENT") return !names_definition(word.text);
      return is_literal(name) || names_definition(word.text);
    });
  }

  // A positional that takes several words. What they are called stands once each, in any order:
  // "RELEASE ENVIRONMENT"; what is written small stands there itself, and first: "trust HOST".
  Completions of_several(const Option& option) const {
    const Words names = names_in(option.value);
    Completions all;
    for (const std::string& name : names)
      if (names.size() == 1 || !is_said(name)) add(all, called(name, typed_.text));
    return all;
  }

  Completions of_positional() const {
    auto plain = std::count_if(said_.begin(), said_.end(),
                               [](const Word& word) { return word.kind == Word::Kind::plain; });
    for (const Option& option : options_.all()) {
      if (!option.positional) continue;
      if (option.many) return of_several(option);
      if (plain-- == 0) return of_value(option, typed_.text);
    }
    return {};
  }

  std::vector<Candidate> of_options() const {
    std::vector<Candidate> all;
    for (const Option& option : options_.all()) {
      const bool said = std::any_of(said_.begin(), said_.end(), [&](const Word& word) {
        return word.kind == Word::Kind::option && word.option == &option;
      });
      if (!option.positional && (option.many || !said)) all.push_back({option.name, option.help});
    }
    return all;
  }

  Completions behind_equals(std::size_t equals) const {
    const Option* option = options_.find(typed_.text.substr(0, equals));
    if (option == nullptr || option->takes == Option::Takes::nothing) return {};
    Completions found = of_value(*option, typed_.text.substr(equals + 1));
    for (Candidate& candidate : found.candidates)
      candidate.word.insert(0, typed_.text.substr(0, equals + 1));
    return found;
  }

  const Options& options_;
  const std::vector<Command>& commands_;
  const KnownNames& names_;
  std::vector<Word> said_;
  Word typed_;
};

void keep_beginning_with(const std::string& typed, std::vector<Candidate>& candidates) {
  std::erase_if(candidates,
                [&](const Candidate& candidate) { return !candidate.word.starts_with(typed); });
}

}  // namespace

Completions complete(const Words& words, const std::vector<Command>& commands,
                     const KnownNames& names) {
  if (words.empty()) return {};
  Settings settings;
  Options options;
  declare(options, settings);
  Line line = read_line(options, Words(words.begin(), words.end() - 1));
  const Command* command = line.command ? find(commands, *line.command) : nullptr;
  if (line.command && command == nullptr) return {};
  std::string command_word;
  Command::Run run;  // keeps what the options are bound to
  if (command != nullptr)
    run = command->declare(options);
  else
    options.positional("COMMAND", command_word, "");
  line.rest.push_back(words.back());
  Completions found = Typing(options, commands, names, line.rest).answer();
  keep_beginning_with(words.back(), found.candidates);
  return found;
}

}  // namespace davit
