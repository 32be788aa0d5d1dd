// SPDX-License-Identifier: MIT
// The plan: one deployment worked out to the last step, and run by nobody yet.
//
// Pure. The runner takes a plan and does nothing else, an approval is bound to its digest, and
// `davit plan` prints it: so what was shown, what was approved and what runs are one thing.
//
// Pinned by the release: artifacts, steps, values. An environment that the release's definition
// does not have (it was added later) is deployed to with today's steps; `todays_steps` says so.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/fleet/host.hpp"
#include "core/state/state.hpp"
#include "definitions/definition.hpp"
#include "definitions/result.hpp"
#include "definitions/team.hpp"

namespace davit {

// One environment variable of a step, and where its value comes from.
struct PlannedValue {
  std::string name;
  std::string value;                   // empty for a secret
  std::optional<SecretSource> secret;  // asked when the step starts
  std::string origin;                  // "definition", "environment", "release", "step", "davit"
  bool operator==(const PlannedValue&) const = default;
};

// One step with every field worked out: no {fields} are left in it. `action` is what the
// definition says, with fields expanded. A run step's script is never expanded.
struct PlannedStep {
  int index = 0;  // from 0, through all phases
  std::string phase;
  Step step;
  std::vector<PlannedValue> values;  // what the step's environment gets, sorted by name
  bool operator==(const PlannedStep&) const = default;
};

// A step on targets that do it at once. The rounds of a plan are done one behind the other.
struct Round {
  int step = 0;                      // its index
  std::vector<std::string> targets;  // names of hosts; or "local"
  int batch = 0, batches = 1;        // of its phase, from 0
  Duration pause{};                  // before it
  std::size_t failures = 1;          // so many failed targets end the deployment
  bool skip_unreachable = false;     // who can't be reached is left behind, and no failure
  Duration patience{};               // so long who can't be reached is tried again
  bool operator==(const Round&) const = default;
};

inline constexpr const char* kLocal = "local";

// What an environment has been asked for that this davit can't do yet, and where it says so.
struct Unsupported {
  std::string what;  // "gates", "ssh targets", "windows", …
  Place place;
  bool operator==(const Unsupported&) const = default;
};

struct Plan {
  ReleaseId release;
  std::string release_name;
  std::string environment;
  Cause cause = Cause::automatic;
  std::vector<ArtifactPin> artifacts;
  std::vector<PlannedStep> steps;
  std::vector<std::string> targets;   // "local", or the hosts' names
  std::vector<Host> hosts;            // today's; like the rounds not covered by the digest
  Narrowing narrowing;                // not covered either
  std::vector<std::string> left_out;  // names of the hosts that are not touched
  std::vector<Round> rounds;          // every step on every target
  Environment::OnFailure on_failure = Environment::OnFailure::stop;
  std::optional<ReleaseNumber> from;  // what is live there now; not covered by the digest
  int attempt = 1;                    // not covered by the digest
  std::string commit;                 // the release's commit: where steps run
  bool todays_steps = false;          // the environment is newer than the release
  std::vector<Unsupported> unsupported;
  std::vector<PlannedValue> values;  // of the environment, before any step adds to them
  bool picked = false;               // of its targets some were picked, or none; not covered

  bool reversible() const;  // no enabled step says reversible = false
  std::size_t all_hosts() const { return hosts.size() + left_out.size(); }
  // "limited to web1 (1 of 3 targets)"; empty where nothing is narrowed.
  std::string narrowed() const { return text(narrowing, hosts.size(), all_hosts()); }
  bool operator==(const Plan&) const = default;
};

// Covers definition, release, environment, artifacts' digests, steps and values (secrets by the
// place they come from). Two plans of one digest do the same.
Digest digest(const Plan&);

// Works it out. `pinned` is the definition the release was cut from, `current` today's: it says
// where and whether the environment exists. Fails when the environment is in neither, or a field
// or value can't be worked out, or a word of the narrowing means no host of it. A phase whose hosts
// are all left out is not done at all. Cause, attempt, from and only are the caller's to know.
//
// With `only`, the other targets are left alone, too, but what is done here is done all the same.
// Batches are those of the fleet, without the others. A rollback of some targets goes the way back:
// the last batch first, from its last target, without pauses, and one that fails there keeps no
// other from going back.
struct PlanRequest {
  const Definition& pinned;
  const Definition& current;
  const Team& team;
  const Release& release;
  std::string environment;
  Cause cause = Cause::automatic;
  int attempt = 1;
  std::optional<ReleaseNumber> from;
  Narrowing narrowing = {};
  std::optional<std::vector<std::string>> only = {};  // names of hosts; those there are
};
Result<Plan> work_out(const PlanRequest&);

// Every step, as often as there are targets that do it.
std::size_t in_all(const Plan&);

// The plan as a file, `davit plan -o FILE`: {"davit_plan":1,"digest":…,"covered":{…},…}.
Json to_json(const Plan&);

// Exactly what the digest covers.
Json covered(const Plan&);

// What of this environment davit can't do yet.
std::vector<Unsupported> unsupported(const Definition&, const Team&, const Environment&);
// What of a step that goes to these hosts.
std::vector<Unsupported> unsupported_there(const Step&, const std::vector<Host>&);

}  // namespace davit
