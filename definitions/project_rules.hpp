// SPDX-License-Identifier: MIT
// The rules that hold between the parts of a project, by what they are about.
#pragma once

#include "definitions/findings.hpp"
#include "definitions/project.hpp"

namespace davit {

// Every name that may be meant from somewhere else.
struct Directory {
  explicit Directory(const Project&);

  const Project& project;
  Names groups, targets, gates, definitions, environments;
  std::unordered_map<std::string_view, const Definition*> by_name;
  std::unordered_map<std::string_view, const Group*> group_by_name;
};

// Environments that need each other in a circle.
void check_needs(const Definition&, Findings&);

// Groups that exist, approvals that somebody can give, permissions that have an effect.
void check_people(const Directory&, const Definition&, Findings&);
void check_people(const Directory&, const Team&, Findings&);

// What environments refer to: targets, gates, the choices of variables.
void check_environments(const Directory&, const Definition&, Findings&);

// Releases of other definitions that a release carries.
void check_artifacts(const Directory&, const Definition&, Findings&);

// Targets made of targets, and the environments of freezes.
void check_targets(const Directory&, const Team&, Findings&);

}  // namespace davit
