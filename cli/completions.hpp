// SPDX-License-Identifier: MIT
// What a shell may offer for the word that is being typed, from the same declarations as the
// parser. What a value is called decides what stands for it: COMMAND, DEFINITION, RELEASE,
// ENVIRONMENT, HOST, FILE, PATH, DIR, or a word that is written small; otherwise its choices.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace davit {

struct Candidate {
  std::string word;
  std::string says;
  bool operator==(const Candidate&) const = default;
};

struct Completions {
  enum class Paths { none, files, directories };  // the shell offers these itself
  std::vector<Candidate> candidates;
  Paths paths = Paths::none;
};

// The names of this repository, asked for only when one may stand there. A release is asked for by
// what is typed of it: "sto", "storefront/1". `definition` is empty when it is not known.
struct KnownNames {
  std::function<std::vector<Candidate>()> definitions;
  std::function<std::vector<Candidate>(const std::string& typed)> releases;
  std::function<std::vector<Candidate>(const std::string& definition)> environments;
  std::function<std::vector<Candidate>()> hosts;  // and the targets they belong to
};

// `words` are those behind "davit"; the last is being typed and may be empty. Only what begins
// with it is offered.
Completions complete(const std::vector<std::string>& words, const std::vector<Command>&,
                     const KnownNames&);

}  // namespace davit
