// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "core/deployment/deploy.hpp"
#include "definitions/name.hpp"

namespace davit {

Error no_release(const State& state, const ReleaseId& id) {
  const auto newest = state.last_release.value;
  return {id.number.value == 0 ? id.definition + " has no release yet"
                               : "there is no release " + text(id),
          newest == 0 ? fmt::format("davit create {} cuts the first", id.definition)
                      : fmt::format("the newest is {}/{}", id.definition, newest),
          {},
          Failure::misused};
}

Error no_environment(const Definition& definition, const std::string& wanted) {
  std::vector<std::string> names;
  for (const auto& environment : definition.environments) names.push_back(environment.name);
  const auto near = nearest(wanted, names);
  return {fmt::format("{} has no environment '{}'", definition.name, wanted),
          near.empty() ? fmt::format("there are: {}", fmt::join(names, ", "))
                       : fmt::format("did you mean '{}'?", near),
          {},
          Failure::misused};
}

Question Case::question() const {
  return {rules, state, *release, *environment, digest(plan), plan.unsupported, wanted, now};
}

Result<Case> look_at(Registry& registry, const Subject& subject, Instant now) {
  DAVIT_TRY(const auto rules, registry.rules(subject.definition));
  DAVIT_TRY(const auto state, registry.present(rules, {subject.release}));
  return look_at(registry, rules, state, subject, now);
}

Result<Case> look_at(Registry& registry, const Rules& rules, const State& state,
                     const Subject& subject, Instant now) {
  Case seen;
  seen.rules = rules;
  seen.state = state;
  seen.now = now;
  seen.environment = seen.rules.definition.environment(subject.environment);
  if (!seen.environment) return no_environment(seen.rules.definition, subject.environment);
  seen.release = seen.state.release(subject.release);
  if (!seen.release) return no_release(seen.state, {subject.definition, subject.release});
  seen.wanted =
      subject.wanted.value_or(wanted(seen.rules, seen.state, *seen.release, *seen.environment));
  DAVIT_TRY(const auto pinned, registry.pinned(subject.definition, seen.release->definition));
  const auto* live = seen.state.environment(subject.environment).live();
  DAVIT_TRY(seen.plan, work_out({pinned, seen.rules.definition, seen.rules.team, *seen.release,
                                 subject.environment, seen.wanted.cause,
                                 seen.release->next_attempt(subject.environment),
                                 live ? std::optional(live->release) : std::nullopt,
                                 seen.wanted.narrowing, seen.wanted.only}));
  return seen;
}

}  // namespace davit
