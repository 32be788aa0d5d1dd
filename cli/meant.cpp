// SPDX-License-Identifier: MIT
#include "cli/meant.hpp"

#include <fmt/format.h>

#include <algorithm>

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

std::string name(const Subject& subject) {
  return fmt::format("{}/{} {}", subject.definition, subject.release.value, subject.environment);
}

Error too_many(const std::vector<Subject>& found, const std::string& what) {
  std::string all;
  for (std::size_t i = 0; i < found.size() && i < 8; ++i)
    all += fmt::format("{}davit {} {}", i ? "\n        " : "", what, name(found[i]));
  return misused(fmt::format("which one? there are {}", found.size()), all);
}

Result<std::vector<Subject>> look_for(Office& office, const Desk& desk, const Meant& meant,
                                      const Choices& choices) {
  auto& registry = office.registry();
  const auto names = meant.definition ? std::vector{*meant.definition} : registry.definitions();
  std::vector<Subject> found;
  for (const auto& definition : names) {
    DAVIT_TRY(const auto rules, registry.rules(definition));
    if (meant.environment && !rules.definition.environment(*meant.environment)) continue;
    DAVIT_TRY(const auto state, registry.present(rules));
    auto here = choices(rules, state, meant, desk.clock.now());
    keep_fitting(meant, here);
    found.insert(found.end(), here.begin(), here.end());
  }
  return found;
}

}  // namespace

Result<Meant> sort_words(Office& office, const std::vector<std::string>& words) {
  Meant meant;
  for (const auto& word : words) {
    if (const auto release = parse_release(word); release && !meant.release) {
      meant.definition = release->definition;
      meant.release = release->number;
    } else if (word.find('/') != std::string::npos) {
      return misused(fmt::format("'{}' is no release", word), "a release is written NAME/NUMBER");
    } else if (!meant.definition && office.registry().has(word)) {
      meant.definition = word;
    } else if (!meant.environment) {
      meant.environment = word;
    } else {
      return misused(fmt::format("'{}' is one word too many", word),
                     "a release and an environment: storefront/17 production");
    }
  }
  return meant;
}

Result<Subject> one_meant(Office& office, Desk& desk, const std::vector<std::string>& words,
                          const Choices& choices, const std::string& what) {
  DAVIT_TRY(auto meant, sort_words(office, words));
  if (meant.complete())
    return Subject{*meant.definition, *meant.release, *meant.environment, std::nullopt};
  DAVIT_TRY(auto found, look_for(office, desk, meant, choices));
  if (found.empty())
    return misused(fmt::format("there is nothing to {}{}", what,
                               meant.environment ? " in " + *meant.environment : ""),
                   fmt::format("name it: davit {} NAME/NUMBER ENVIRONMENT", what));
  if (found.size() > 1) return too_many(found, what);
  desk.say("{} {}", what, name(found.front()));
  if (desk.somebody() && desk.confirm("Is that meant? [y/N]") != Answer::yes)
    return misused("nothing done", fmt::format("davit {} NAME/NUMBER ENVIRONMENT", what));
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

}  // namespace davit
