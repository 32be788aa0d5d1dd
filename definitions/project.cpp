// SPDX-License-Identifier: MIT
#include "definitions/project.hpp"

#include <algorithm>

#include "definitions/project_rules.hpp"

namespace davit {

namespace {

// A file of the team's rules: none of a definition.
bool team_is_flawed(const Project& all) {
  std::unordered_set<std::string_view> definitions;
  for (const auto& definition : all.definitions) definitions.insert(definition.place.file);
  return std::any_of(all.mistakes.begin(), all.mistakes.end(), [&](const Mistake& mistake) {
    return !definitions.contains(mistake.place.file);
  });
}

}  // namespace

Directory::Directory(const Project& all)
    : project(all),
      groups("group", "write it under [groups] in .davit/team.toml"),
      targets("target", "write it as [targets.NAME] in .davit/team.toml"),
      gates("gate", "write it as [gates.NAME] in the definition or in .davit/team.toml"),
      definitions("definition", "write it as .davit/definitions/NAME.toml"),
      environments("environment", "write it as [environments.NAME] in a definition") {
  for (const auto& group : all.team.groups) {
    groups.add(group.name, group.place);
    group_by_name.emplace(group.name, &group);
  }
  for (const auto& target : all.team.targets) targets.add(target.name, target.place);
  for (const auto& gate : all.team.gates) gates.add(gate.name, gate.place);
  if (team_is_flawed(all))
    for (auto* names : {&groups, &targets, &gates}) names->may_be_incomplete();
  for (const auto& definition : all.definitions) {
    definitions.add(definition.name, definition.place);
    by_name.emplace(definition.name, &definition);
    for (const auto& one : definition.environments) environments.add(one.name, one.place);
  }
}

std::vector<Mistake> check(const Project& project) {
  Findings findings(project.mistakes);
  const Directory directory(project);
  check_people(directory, project.team, findings);
  check_targets(directory, project.team, findings);
  for (const auto& definition : project.definitions) {
    check_needs(definition, findings);
    check_people(directory, definition, findings);
    check_environments(directory, definition, findings);
    check_artifacts(directory, definition, findings);
  }
  return findings.take();
}

}  // namespace davit
