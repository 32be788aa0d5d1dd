// SPDX-License-Identifier: MIT
#include "cli/completions.hpp"

#include <algorithm>

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

// The word at this place of several, or the last.
std::string word_at(const std::string& words, std::ptrdiff_t place) {
  std::size_t start = 0;
  for (; place > 0 && words.find(' ', start) != std::string::npos; --place)
    start = words.find(' ', start) + 1;
  return words.substr(start, words.find(' ', start) - start);
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

  // A positional that takes several words may be called several things: "RELEASE ENVIRONMENT".
  Completions of_positional() const {
    auto plain = std::count_if(said_.begin(), said_.end(),
                               [](const Word& word) { return word.kind == Word::Kind::plain; });
    for (const Option& option : options_.all()) {
      if (!option.positional) continue;
      if (option.many) return called(word_at(option.value, plain), typed_.text);
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
