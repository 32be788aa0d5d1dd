// SPDX-License-Identifier: MIT
#include "cli/meant.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/policy/setback.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

bool fits(const Meant& meant, const Subject& subject) {
  return (!meant.release || *meant.release == subject.release) &&
         (!meant.environment || *meant.environment == subject.environment);
}

void keep_fitting(const Meant& meant, std::vector<Subject>& subjects) {
  subjects.erase(std::remove_if(subjects.begin(), subjects.end(),
                                [&](const Subject& one) { return !fits(meant, one); }),
                 subjects.end());
}

// As it is typed.
std::string full(const Guess& guess, const Subject& subject) {
  const auto release = guess.takes_release ? fmt::format("/{}", subject.release.value) : "";
  return fmt::format("davit {} {}{} {}", guess.command, subject.definition, release,
                     subject.environment);
}

std::string form(const Guess& guess) {
  return fmt::format("davit {} {} ENVIRONMENT", guess.command,
                     guess.takes_release ? "NAME/NUMBER" : "NAME");
}

Error too_many(const std::vector<Subject>& found, const Guess& guess) {
  constexpr std::size_t kShown = 8;
  std::string all;
  for (std::size_t i = 0; i < found.size() && i < kShown; ++i)
    all += (i > 0 ? "\n" : "") + full(guess, found[i]);
  if (found.size() > kShown) all += "\n…";
  return misused(fmt::format("which one? there are {}", found.size()), all);
}

Error nothing(const Meant& meant, const Guess& guess) {
  const auto of = meant.release ? text(ReleaseId{*meant.definition, *meant.release}) + ": " : "";
  return misused(of + guess.none + (meant.environment ? " in " + *meant.environment : ""),
                 "name what you mean: " + form(guess));
}

std::vector<std::string> environments_of(const Definition& definition) {
  std::vector<std::string> out;
  for (const auto& environment : definition.environments) out.push_back(environment.name);
  return out;
}

// Every environment of every definition that can be read.
std::vector<std::string> environments_of(Office& office) {
  std::vector<std::string> out;
  for (const auto& name : office.registry().definitions())
    if (const auto rules = office.registry().rules(name))
      for (auto& one : environments_of(rules->definition)) out.push_back(std::move(one));
  return out;
}

Error unknown_word(Office& office, const std::string& word) {
  auto known = environments_of(office);
  for (auto& name : office.registry().definitions()) known.push_back(std::move(name));
  const auto near = nearest(word, known);
  return misused(
      fmt::format("'{}' is no definition and no environment", word),
      near.empty() ? "davit status shows what there is" : fmt::format("did you mean '{}'?", near));
}

Error second_word(Office& office, const std::string& first, const std::string& word) {
  const auto known = environments_of(office);
  for (const auto& one : {first, word})
    if (std::find(known.begin(), known.end(), one) == known.end()) return unknown_word(office, one);
  return misused(fmt::format("'{}' is one word too many", word),
                 "one release (NAME/NUMBER) and one environment can be named");
}

Result<std::vector<Subject>> look_for(Office& office, const Desk& desk, const Meant& meant,
                                      const Choices& choices) {
  auto& registry = office.registry();
  const auto names = meant.definition ? std::vector{*meant.definition} : registry.definitions();
  std::vector<Subject> found;
  std::optional<Error> none;  // where nothing can be meant, since there is no release at all
  bool known = !meant.environment, any = false;
  for (const auto& definition : names) {
    DAVIT_TRY(const auto rules, registry.rules(definition));
    if (meant.environment && !rules.definition.environment(*meant.environment)) continue;
    known = true;
    DAVIT_TRY(const auto state, registry.present(rules));
    if (meant.release && *meant.release > state.last_release)
      return no_release(state, {definition, *meant.release});
    any = any || state.last_release.value > 0;
    if (!none) none = no_release(state, {definition, {}});
    auto here = choices(rules, state, meant, desk.clock.now());
    keep_fitting(meant, here);
    found.insert(found.end(), here.begin(), here.end());
  }
  if (known && !any && none) return *std::move(none);
  if (known) return found;
  if (!meant.definition) return unknown_word(office, *meant.environment);
  DAVIT_CHECK(check_environment(office, {*meant.definition, {}, *meant.environment, {}}));
  return found;
}

// Takes the guess, or asks whether to.
Outcome take(Desk& desk, const Guess& guess, const Subject& subject) {
  const auto command = full(guess, subject);
  if (!guess.asks || desk.settings.yes) {
    desk.say("{}", command);
    return Done{};
  }
  switch (desk.confirm(fmt::format("Is {} meant? [y/N]", command))) {
    case Consent::yes:
      return Done{};
    case Consent::no:
      return misused("nothing done", "name what you mean: " + form(guess));
    case Consent::nobody:
      break;
  }
  return misused("nobody is here to say whether this is meant", command);
}

}  // namespace

Outcome check_environment(Office& office, const Subject& subject) {
  DAVIT_TRY(const auto rules, office.registry().rules(subject.definition));
  if (rules.definition.environment(subject.environment)) return Done{};
  return no_environment(rules.definition, subject.environment);
}

Result<Meant> sort_words(Office& office, const std::vector<std::string>& words) {
  Meant meant;
  for (const auto& word : words) {
    if (const auto release = parse_release(word); release && !meant.release) {
      meant.definition = release->definition;
      meant.release = release->number;
    } else if (word.find('/') != std::string::npos) {
      return misused(
          fmt::format("'{}' is {}", word, release ? "one release too many" : "no release"),
          "a release is written NAME/NUMBER");
    } else if (!meant.definition && office.registry().has(word)) {
      meant.definition = word;
    } else if (!meant.environment) {
      meant.environment = word;
    } else {
      return second_word(office, *meant.environment, word);
    }
  }
  return meant;
}

Result<Subject> one_meant(Office& office, Desk& desk, const std::vector<std::string>& words,
                          const Guess& guess) {
  DAVIT_TRY(auto meant, sort_words(office, words));
  if (meant.complete())
    return Subject{*meant.definition, *meant.release, *meant.environment, std::nullopt};
  DAVIT_TRY(auto found, look_for(office, desk, meant, guess.choices));
  if (found.empty()) return nothing(meant, guess);
  if (found.size() > 1) return too_many(found, guess);
  DAVIT_CHECK(take(desk, guess, found.front()));
  return found.front();
}

std::vector<Subject> waiting_ones(const Rules& rules, const State& state, const Meant& meant,
                                  Instant) {
  std::vector<Subject> out;
  for (const auto& environment : rules.definition.environments) {
    for (const auto& candidate : candidates(rules, state, environment))
      if (!meant.release || candidate.release == *meant.release)
        out.push_back({rules.definition.name, candidate.release, environment.name, candidate});
  }
  return out;
}

namespace {

bool has_approvals(const std::vector<Check>& checks) {
  return std::any_of(checks.begin(), checks.end(), [](const Check& check) {
    return std::holds_alternative<Approval>(check.rule);
  });
}

// What is live and still misses a yes after its deployment.
bool misses_after(const Rules& rules, const State& state, const Environment& environment,
                  Instant now) {
  const auto* live = state.environment(environment.name).live();
  const auto* release = live ? state.release(live->release) : nullptr;
  if (!release || !has_approvals(environment.after)) return false;
  const auto standing =
      approvals({rules, state, *release, environment, {}, {}, {.release = live->release}, now},
                Moment::after);
  return std::any_of(standing.begin(), standing.end(), [](const Finding& f) { return !f.holds; });
}

}  // namespace

std::vector<Subject> undecided_ones(const Rules& rules, const State& state, const Meant& meant,
                                    Instant now) {
  std::vector<Subject> out;
  for (auto& waiting : waiting_ones(rules, state, meant, now))
    if (has_approvals(rules.definition.environment(waiting.environment)->before))
      out.push_back(std::move(waiting));
  for (const auto& environment : rules.definition.environments)
    if (misses_after(rules, state, environment, now))
      out.push_back({rules.definition.name, state.environment(environment.name).live()->release,
                     environment.name, std::nullopt});
  return out;
}

std::vector<Subject> deployable_ones(const Rules& rules, const State& state, const Meant& meant,
                                     Instant) {
  std::vector<Subject> out;
  const auto release = meant.release.value_or(state.last_release);
  if (release.value == 0) return out;
  for (const auto& environment : rules.definition.environments) {
    const auto* live = state.environment(environment.name).live();
    const bool there = live && live->release == release;
    if (!there || meant.environment)
      out.push_back({rules.definition.name, release, environment.name, std::nullopt});
  }
  return out;
}

std::vector<Subject> unfinished_ones(const Rules& rules, const State& state, const Meant&,
                                     Instant) {
  std::vector<Subject> out;
  for (const auto& [name, present] : state.environments)
    if (present.current)
      out.push_back({rules.definition.name, present.current->release, name, std::nullopt});
  return out;
}

std::vector<Subject> ended_ones(const Rules& rules, const State& state, const Meant&, Instant) {
  std::vector<Subject> out;
  for (const auto& [name, present] : state.environments)
    if (present.last && !present.current)
      out.push_back({rules.definition.name, present.last->release, name, std::nullopt});
  return out;
}

std::vector<Subject> failed_ones(const Rules& rules, const State& state, const Meant&, Instant) {
  std::vector<Subject> out;
  for (const auto& [name, present] : state.environments) {
    if (present.current) continue;
    if (const auto fallen = setback(state, name))
      out.push_back({rules.definition.name, fallen->release, name, std::nullopt});
  }
  return out;
}

}  // namespace davit
