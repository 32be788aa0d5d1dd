// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "definitions/project_rules.hpp"

namespace davit {

namespace {

// What one environment is checked against.
struct Setting {
  const Directory& directory;
  const Definition& definition;
  const Environment& environment;
  const Names& gates;
  Findings& findings;
};

bool has_tags(const Target& target, const std::map<std::string, std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&target](const auto& tag) {
    const auto found = target.tags.find(tag.first);
    return found != target.tags.end() && found->second == tag.second;
  });
}

void check_selection(const Setting& setting, const Selection& selection) {
  const auto& targets = setting.directory.project.team.targets;
  for (const auto& name : selection.names)
    setting.directory.targets.require(name, selection.place, setting.findings);
  if (selection.tags.empty()) return;
  if (std::any_of(targets.begin(), targets.end(),
                  [&](const Target& one) { return has_tags(one, selection.tags); }))
    return;
  std::vector<std::string> tags;
  for (const auto& [key, value] : selection.tags) tags.push_back(key + " = \"" + value + "\"");
  setting.findings.add_consequence(selection.place, "",
                                   fmt::format("no target has {}", fmt::join(tags, ", ")),
                                   "write tags = { … } at targets in .davit/team.toml");
}

void check_phase(const Setting& setting, const Phase& phase) {
  check_selection(setting, phase.targets);
  if (phase.rollout && phase.targets.empty() &&
      (phase.local || setting.environment.targets.empty()))
    setting.findings.add_consequence(phase.rollout->place, "rollout",
                                     "a rollout needs targets; this phase has none",
                                     "write targets = \"NAME\", or leave rollout out");
}

void check_gates(const Setting& setting, const std::vector<Check>& checks) {
  for (const auto& one : checks)
    if (const auto* gates = std::get_if<GatesCheck>(&one.rule))
      for (const auto& name : gates->names)
        setting.gates.require(name, one.place, setting.findings);
}

// An environment may give a variable of the definition another value, but only one of its choices.
void check_variables(const Setting& setting) {
  std::unordered_map<std::string_view, const Variable*> declared;
  for (const auto& one : setting.definition.variables) declared.emplace(one.name, &one);
  for (const auto& one : setting.environment.variables) {
    const auto found = declared.find(one.name);
    if (found == declared.end() || !one.value) continue;
    const auto& choices = found->second->choices;
    if (choices.empty() || std::count(choices.begin(), choices.end(), *one.value) > 0) continue;
    setting.findings.add(one.place, one.name,
                         fmt::format("'{}' is no choice of variable {}", *one.value, one.name),
                         fmt::format("choices: {}", fmt::join(choices, ", ")));
  }
}

void check_environment(const Setting& setting) {
  const auto& one = setting.environment;
  check_selection(setting, one.targets);
  check_gates(setting, one.before);
  check_gates(setting, one.after);
  check_variables(setting);
  for (const auto& phase : one.phases) check_phase(setting, phase);
}

}  // namespace

void check_environments(const Directory& directory, const Definition& definition,
                        Findings& findings) {
  Names both("gate", "");
  if (!definition.gates.empty()) both = directory.gates;
  for (const auto& one : definition.gates) both.add(one.name, one.place);
  const auto& gates = definition.gates.empty() ? directory.gates : both;
  for (const auto& environment : definition.environments)
    check_environment({directory, definition, environment, gates, findings});
}

}  // namespace davit
