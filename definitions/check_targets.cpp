// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "definitions/circles.hpp"
#include "definitions/project_rules.hpp"

namespace davit {

namespace {

void check_circles(const std::vector<Target>& targets, Findings& findings) {
  std::unordered_map<std::string_view, std::size_t> position;
  for (std::size_t i = 0; i < targets.size(); ++i) position.emplace(targets[i].name, i);
  std::vector<std::vector<std::size_t>> members(targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i)
    for (const auto& name : targets[i].targets)
      if (const auto found = position.find(name); found != position.end())
        members[i].push_back(found->second);
  for (const auto& circle : circles(members)) {
    std::vector<std::string> names;
    for (const auto at : circle) names.push_back(targets[at].name);
    const auto& first = targets[circle.front()];
    findings.add(first.place, first.name, "targets form a circle: " + told(names, "is made of"),
                 "take one of them away");
  }
}

// Of any definition: a freeze is about all of them.
void check_freeze(const Directory& directory, const Freeze& freeze, Findings& findings) {
  for (const auto& name : freeze.environments)
    if (name.find_first_of("*?[") == std::string::npos)
      directory.environments.require(name, freeze.place, findings);
}

}  // namespace

void check_targets(const Directory& directory, const Team& team, Findings& findings) {
  for (const auto& target : team.targets)
    for (const auto& name : target.targets) directory.targets.require(name, target.place, findings);
  check_circles(team.targets, findings);
  if (directory.project.definitions.empty()) return;
  for (const auto& freeze : team.freezes) check_freeze(directory, freeze, findings);
}

}  // namespace davit
