// SPDX-License-Identifier: MIT
// What a deployment changes: from the release that is live to the one that would be, or from one
// release to the next. What an approver must know.
//
// Facts alone, in no words. Values are those that steps get; of a secret it is known where it is
// asked for, never what it is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/deployment/deploy.hpp"
#include "core/plan/plan.hpp"
#include "core/registry/registry.hpp"
#include "definitions/differences.hpp"

namespace davit {

struct Commit {
  std::string id;  // in full
  std::string author, email;
  std::string at;  // RFC 3339, in the author's zone
  std::string summary;
  bool operator==(const Commit&) const = default;
};

struct ArtifactChange {
  std::string name;
  std::optional<ArtifactPin> before, after;
};

struct VariableChange {
  std::string name;
  std::optional<PlannedValue> before, after;
};

struct Changes {
  std::string definition;
  std::string environment;            // empty: between two releases
  std::optional<ReleaseNumber> from;  // nothing: it is the first
  ReleaseNumber to;

  // Newest first; none where it is the first release. `lost` are live and not in the new one.
  std::vector<Commit> commits, lost;
  // What can't be told, and why: commits that a shallow clone does not have, say.
  std::vector<std::string> unknown;
  std::vector<ArtifactChange> artifacts;
  std::vector<VariableChange> variables;  // of the environment
  // Of the definition's text; with an environment: what concerns it, variables apart.
  std::vector<Difference> differences;
  std::vector<std::string> irreversible;  // steps, by name
  bool todays_steps = false;              // the environment is newer than the release

  // Whether production, say, would go backwards.
  bool loses() const { return !lost.empty(); }
};

// From what is live in the case's environment to the case's release.
Result<Changes> changes(Registry&, const Case&);

// From one release to another, for all environments; without `before`: of the first release.
Result<Changes> changes(Registry&, const std::string& definition, const Release* before,
                        const Release& after);

}  // namespace davit
