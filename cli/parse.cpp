// SPDX-License-Identifier: MIT
// The door to CLI11, which takes three seconds to compile. It takes options and values apart; what
// is unknown, missing or none of the choices is said in our own words.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "cli/options.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

// Stands for the value of a bare "--wait": CLI11 would take the next word for it.
const std::string kBare = "\x1f";

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates) {
  const std::string guess = nearest(word, candidates);
  return guess.empty() ? "" : fmt::format("; did you mean '{}'?", guess);
}

Error unknown_option(const Options& options, const std::string& word) {
  std::vector<std::string> names;
  for (const Option& option : options.all())
    if (!option.positional) names.push_back(option.name);
  const std::string name = word.substr(0, word.find('='));
  const std::string guess = did_you_mean(name, names);
  return misused(fmt::format("unknown option '{}'{}", name, guess));
}

Outcome store(const Option& option, const std::string& value) {
  const std::vector<std::string>& choices = option.choices;
  if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end())
    return misused(
        fmt::format("{} can't be '{}'{}", option.name, value, did_you_mean(value, choices)),
        fmt::format("one of: {}", fmt::join(choices, ", ")));
  auto stored = option.store(value);
  if (stored) return stored;
  return misused(fmt::format("{}: {}", option.name, stored.error().message), stored.error().hint);
}

// The options and their values, written so that CLI11 can't take them for anything else: it drops
// the empty value of "--note=" and then takes the next word for it.
std::vector<std::string> unambiguous(const std::vector<Word>& words) {
  std::vector<std::string> out;
  for (const Word& word : words) {
    if (word.kind == Word::Kind::value) out.push_back(word.text);
    if (word.kind != Word::Kind::option) continue;
    const Option& option = *word.option;
    const bool empty = word.text == option.name + "=";
    const bool bare = empty || word.text == option.name;
    if (bare && option.takes == Option::Takes::perhaps_a_value) {
      out.push_back(option.name + "=" + kBare);
    } else if (empty) {
      out.push_back(option.name);
      out.emplace_back();
    } else {
      out.push_back(word.text);
    }
  }
  return out;
}

// Only the last word can lack its value: any other option takes the word behind it.
Error no_value(const Options& options, const std::string& word) {
  const bool is_long = word.starts_with("--");
  const Option* option = options.find(is_long ? word : std::string("-") + word.back());
  return misused(fmt::format("{} needs a value", option->name), option->written());
}

// What CLI11 read, until it is stored: nothing is stored when something is wrong.
using Read = std::vector<std::pair<const Option*, std::string>>;

void declare(CLI::App& app, const Option& option, Read& read) {
  const std::string name =
      option.short_name.empty() ? option.name : option.short_name + "," + option.name;
  if (option.takes == Option::Takes::nothing) {
    app.add_flag_function(name, [&option, &read](std::int64_t count) {
      read.emplace_back(&option, count > 0 ? "true" : "false");
    });
    return;
  }
  CLI::Option* made = app.add_option(name, [&option, &read](const CLI::results_t& values) {
    for (const std::string& value : values)
      read.emplace_back(&option, value == kBare ? std::string() : value);
    return true;
  });
  made->expected(1)->allow_extra_args(false);
  made->multi_option_policy(option.many ? CLI::MultiOptionPolicy::TakeAll
                                        : CLI::MultiOptionPolicy::TakeLast);
}

Result<Read> read_options(const Options& options, const std::vector<Word>& words) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  Read read;
  for (const Option& option : options.all())
    if (!option.positional) declare(app, option, read);
  std::vector<std::string> given = unambiguous(words);
  std::reverse(given.begin(), given.end());  // as CLI11 wants them
  try {
    app.parse(std::move(given));
  } catch (const CLI::ArgumentMismatch&) {
    return no_value(options, words.back().text);
  } catch (const CLI::ParseError& error) {
    return misused(error.what());
  }
  if (const auto left = app.remaining(); !left.empty())
    return unknown_option(options, left.front());
  return read;
}

// The plain words for the positionals, in the order declared.
Result<Read> read_positionals(const Options& options, const std::vector<Word>& words) {
  Read read;
  auto word = words.begin();
  const auto next = [&] {
    return word = std::find_if(word, words.end(),
                               [](const Word& one) { return one.kind == Word::Kind::plain; });
  };
  for (const Option& option : options.all()) {
    if (!option.positional) continue;
    if (option.required && next() == words.end())
      return misused(fmt::format("{} is missing", option.name), option.help);
    do {
      if (next() == words.end()) break;
      read.emplace_back(&option, (word++)->text);
    } while (option.many);
  }
  if (next() != words.end()) return misused(fmt::format("'{}' is one word too many", word->text));
  return read;
}

Outcome store_all(const Read& read) {
  for (const auto& [option, value] : read) DAVIT_CHECK(store(*option, value));
  return Done{};
}

bool asks_for_help(const std::vector<Word>& words) {
  return std::any_of(words.begin(), words.end(), [](const Word& word) {
    return word.kind == Word::Kind::option && word.option->name == "--help";
  });
}

}  // namespace

Outcome parse(const Options& options, const std::vector<std::string>& words) {
  const std::vector<Word> sorted = sort_out(options, words);
  if (asks_for_help(sorted)) return options.find("--help")->store("true");
  for (const Word& word : sorted)
    if (word.kind == Word::Kind::unknown) return unknown_option(options, word.text);
  DAVIT_TRY(const Read read, read_options(options, sorted));
  DAVIT_TRY(const Read positionals, read_positionals(options, sorted));
  DAVIT_CHECK(store_all(read));
  return store_all(positionals);
}

}  // namespace davit
