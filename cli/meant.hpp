// SPDX-License-Identifier: MIT
// Which release and environment a person means by the words given: "storefront/17 production",
// "storefront/17", "production", "storefront production" or nothing at all.
//
// What is left out is looked for among what makes sense for the command. Where exactly one thing
// is left, davit says which; where nothing or several are, it says what there is and refuses.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/office.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

// The words, sorted.
struct Meant {
  std::optional<std::string> definition;
  std::optional<ReleaseNumber> release;
  std::optional<std::string> environment;
  bool complete() const { return definition && release && environment; }
};

// At most one release (or definition) and one environment, in either order.
Result<Meant> sort_words(Office&, const std::vector<std::string>& words);

// What could be meant in one definition, for a command.
using Choices =
    std::function<std::vector<Subject>(const Rules&, const State&, const Meant&, Instant now)>;

// How a command finds out what was left out.
struct Guess {
  std::string command;  // "approve"
  Choices choices;
  std::string none;  // what to say when there are no choices: "nothing waits for an approval"
  // Whether the person is asked before the guess is taken; where nobody is there to ask, the full
  // command is wanted. Not for a command that only looks, or asks before it does anything.
  bool asks = true;
  bool takes_release = true;  // the full command names a release, or only its definition
};

// The one deployment that is meant. Says so when something was left out.
Result<Subject> one_meant(Office&, Desk&, const std::vector<std::string>& words, const Guess&);

// That the definition has such an environment; the nearest one otherwise.
Outcome check_environment(Office&, const Subject&);

// Choices: what waits in an environment, asked for or by itself.
std::vector<Subject> waiting_ones(const Rules&, const State&, const Meant&, Instant now);
// Choices: what misses an approval, before or after.
std::vector<Subject> undecided_ones(const Rules&, const State&, const Meant&, Instant now);
// Choices: the newest release, anywhere it is not.
std::vector<Subject> deployable_ones(const Rules&, const State&, const Meant&, Instant now);
// Choices: what holds an environment unfinished.
std::vector<Subject> unfinished_ones(const Rules&, const State&, const Meant&, Instant now);
// Choices: what ended in an environment last.
std::vector<Subject> ended_ones(const Rules&, const State&, const Meant&, Instant now);
// Choices: what ended badly in an environment and is not what is live there.
std::vector<Subject> failed_ones(const Rules&, const State&, const Meant&, Instant now);

}  // namespace davit
