// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "definitions/project_rules.hpp"

namespace davit {

namespace {

// release = { definition = "api", deployed_to = "staging" }, where it is of this repository.
void check_release(const Directory& directory, const Definition& definition,
                   const Artifact& artifact, Findings& findings) {
  if (artifact.source == definition.name) {
    findings.add(artifact.place, artifact.name,
                 fmt::format("a release of '{}' can't carry a release of itself", artifact.source),
                 "name another definition");
    return;
  }
  directory.definitions.require(artifact.source, artifact.place, findings);
  const auto found = directory.by_name.find(artifact.source);
  if (found == directory.by_name.end() || !artifact.deployed_to) return;
  Names environments("environment", fmt::format("'{}' has no environments", artifact.source));
  if (findings.flawed(found->second->place.file)) environments.may_be_incomplete();
  for (const auto& one : found->second->environments) environments.add(one.name, one.place);
  environments.require(*artifact.deployed_to, artifact.place, findings);
}

}  // namespace

void check_artifacts(const Directory& directory, const Definition& definition, Findings& findings) {
  for (const auto& one : definition.artifacts)
    if (one.kind == Artifact::Kind::release && !one.repository)
      check_release(directory, definition, one, findings);
}

}  // namespace davit
