// SPDX-License-Identifier: MIT
// Which word of a command line is what, told from the declared options alone.
#include "cli/options.hpp"

namespace davit {

namespace {

bool takes_next(const Option* option) {
  return option != nullptr && option->takes == Option::Takes::a_value;
}

// The option whose value is the next word, when the word is options that end in one: "--note",
// "-o", "-qo". Null when the value is in the word itself or when there is none.
const Option* open_option(const Options& options, const std::string& word) {
  if (word.starts_with("--")) {
    const Option* option = options.find(word);
    return takes_next(option) ? option : nullptr;
  }
  for (std::size_t i = 1; i < word.size(); ++i) {
    const Option* option = options.find(std::string("-") + word[i]);
    if (takes_next(option)) return i + 1 == word.size() ? option : nullptr;
  }
  return nullptr;
}

bool looks_like_option(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

const Option* known(const Options& options, const std::string& word) {
  if (word.starts_with("--")) return options.find(word.substr(0, word.find('=')));
  return options.find(word.substr(0, 2));
}

}  // namespace

std::vector<Word> sort_out(const Options& options, const std::vector<std::string>& words) {
  std::vector<Word> sorted;
  const Option* open = nullptr;
  bool only_plain = false;
  for (const std::string& text : words) {
    Word word{.text = text};
    if (open != nullptr) {
      word.kind = Word::Kind::value;
      word.option = std::exchange(open, nullptr);
    } else if (!only_plain && text == "--") {
      word.kind = Word::Kind::mark;
      only_plain = true;
    } else if (!only_plain && looks_like_option(text)) {
      word.option = known(options, text);
      word.kind = word.option != nullptr ? Word::Kind::option : Word::Kind::unknown;
      open = open_option(options, text);
    }
    sorted.push_back(std::move(word));
  }
  return sorted;
}

}  // namespace davit
