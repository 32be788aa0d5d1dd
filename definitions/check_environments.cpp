// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "definitions/project_rules.hpp"

namespace davit {

namespace {

// What one environment is checked against.
struct Scope {
  const Directory& directory;
  const Definition& definition;
  const Environment& environment;
  const Names& artifacts;
  const Names& gates;
  Findings& findings;
};

bool has_tags(const Target& target, const std::map<std::string, std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&target](const auto& tag) {
    const auto found = target.tags.find(tag.first);
    return found != target.tags.end() && found->second == tag.second;
  });
}

void check_selection(const Scope& scope, const Selection& selection) {
  const auto& targets = scope.directory.project.team.targets;
  for (const auto& name : selection.names)
    scope.directory.targets.require(name, selection.place, scope.findings);
  if (selection.tags.empty()) return;
  if (std::any_of(targets.begin(), targets.end(),
                  [&](const Target& one) { return has_tags(one, selection.tags); }))
    return;
  std::vector<std::string> tags;
  for (const auto& [key, value] : selection.tags) tags.push_back(key + " = \"" + value + "\"");
  scope.findings.add_consequence(selection.place, "",
                                 fmt::format("no target has {}", fmt::join(tags, ", ")),
                                 "write tags = { … } at targets in .davit/team.toml");
}

void check_rollout(const Scope& scope, const std::optional<Rollout>& rollout, bool has_targets) {
  if (rollout && !has_targets)
    scope.findings.add_consequence(rollout->place, "",
                                   "a rollout needs targets; there are none here",
                                   "write targets = \"NAME\", or leave rollout out");
}

void check_step(const Scope& scope, const Step& step) {
  if (const auto* upload = std::get_if<UploadAction>(&step.action))
    scope.artifacts.require(upload->artifact, step.key_place("upload"), scope.findings);
}

void check_phase(const Scope& scope, const Phase& phase) {
  check_selection(scope, phase.targets);
  const bool has_targets = !phase.targets.empty() || !scope.environment.targets.empty();
  check_rollout(scope, phase.rollout, has_targets && !phase.local);
  for (const auto& step : phase.steps) check_step(scope, step);
}

void check_gates(const Scope& scope, const std::vector<Check>& checks) {
  for (const auto& one : checks)
    if (const auto* gates = std::get_if<GatesCheck>(&one.rule))
      for (const auto& name : gates->names) scope.gates.require(name, one.place, scope.findings);
}

// An environment may give a variable of the definition another value, but only one of its choices.
void check_variables(const Scope& scope) {
  std::unordered_map<std::string_view, const Variable*> declared;
  for (const auto& one : scope.definition.variables) declared.emplace(one.name, &one);
  for (const auto& one : scope.environment.variables) {
    const auto found = declared.find(one.name);
    if (found == declared.end() || !one.value) continue;
    const auto& choices = found->second->choices;
    if (choices.empty() || std::count(choices.begin(), choices.end(), *one.value) > 0) continue;
    scope.findings.add(one.place, one.name,
                       fmt::format("'{}' is no choice of variable {}", *one.value, one.name),
                       fmt::format("choices: {}", fmt::join(choices, ", ")));
  }
}

void check_environment(const Scope& scope) {
  const auto& one = scope.environment;
  check_selection(scope, one.targets);
  const bool has_targets =
      !one.targets.empty() || std::any_of(one.phases.begin(), one.phases.end(),
                                          [](const auto& p) { return !p.targets.empty(); });
  check_rollout(scope, one.rollout, has_targets);
  check_gates(scope, one.before);
  check_gates(scope, one.after);
  check_variables(scope);
  for (const auto& phase : one.phases) check_phase(scope, phase);
}

}  // namespace

void check_environments(const Directory& directory, const Definition& definition,
                        Findings& findings) {
  Names artifacts("artifact", "write it as [artifacts.NAME]");
  for (const auto& one : definition.artifacts) artifacts.add(one.name, one.place);
  Names gates = directory.gates;
  for (const auto& one : definition.gates) gates.add(one.name, one.place);
  for (const auto& environment : definition.environments)
    check_environment({directory, definition, environment, artifacts, gates, findings});
}

}  // namespace davit
