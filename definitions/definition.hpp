// SPDX-License-Identifier: MIT
// A release definition: how one product is released. What .davit/definitions/NAME.toml says.
//
// A value, made by the reader (definitions/reader.hpp) and by nothing else but tests. It holds what
// was written, with defaults filled in and the place of everything that a person may be told about.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "definitions/artifact.hpp"
#include "definitions/check.hpp"
#include "definitions/step.hpp"
#include "definitions/variable.hpp"

namespace davit {

struct Retain {
  int days = 30;
  int at_least = 3;
  bool operator==(const Retain&) const = default;
};

// Who may do what: permission name -> principals; deny beats allow.
struct Permission {
  std::string name;
  Principals allow;
  Principals deny;
  Place place;
  bool operator==(const Permission&) const = default;
};

struct Schedule {
  std::string cron;  // five fields
  std::string zone;  // IANA
  bool only_if_changed = false;
  Place place;
  bool operator==(const Schedule&) const = default;
};

struct BranchTrigger {
  std::vector<std::string> include, exclude, paths;
  Place place;
  bool operator==(const BranchTrigger&) const = default;
};

struct Triggers {
  std::vector<std::string> artifacts;
  std::optional<BranchTrigger> branch;
  std::optional<Schedule> schedule;
  Place place;
  bool operator==(const Triggers&) const = default;
};

// A name of another environment, and where it was written.
struct Need {
  std::string environment;
  Place place;
  bool operator==(const Need&) const = default;
};

struct Environment {
  enum class DeployOn { release, success, schedule, manual };
  enum class Queue { latest, all };
  enum class OnFailure { stop, rollback };

  std::string name;
  DeployOn deploy_on = DeployOn::manual;
  std::vector<Need> needs;
  bool partial = false;    // a need that succeeded partially is enough
  bool untrusted = false;  // takes releases of uncommitted or untrusted definitions
  std::optional<Duration> soak;
  std::optional<Schedule> schedule;
  Selection targets;
  Variables variables;
  std::vector<Phase> phases;  // `steps` are one phase with no name
  std::optional<Rollout> rollout;
  Queue queue = Queue::latest;
  OnFailure on_failure = OnFailure::stop;
  std::vector<Check> before, after;
  std::vector<Permission> permissions;
  // Where a key of the same name was written, for messages: "deploy_on", "needs", "soak" …
  std::vector<std::pair<std::string, Place>> key_places;
  Place place;

  Place key_place(const std::string& key) const;  // `place` where the key is not written
  bool operator==(const Environment&) const = default;
};

const char* text(Environment::DeployOn);
const char* text(Environment::Queue);
const char* text(Environment::OnFailure);

struct Definition {
  std::string name;
  std::string description;
  std::string release_name = "{rev}";
  Retain retain;
  std::vector<Artifact> artifacts;
  std::optional<Triggers> triggers;
  Variables variables;
  std::vector<Environment> environments;  // in the order written
  std::vector<Gate> gates;
  std::vector<Permission> permissions;
  Place place;

  const Environment* environment(const std::string& name) const;  // null where there is none
  const Artifact* artifact(const std::string& name) const;        // null where there is none
  bool operator==(const Definition&) const = default;
};

// The environments so that each comes after those it needs. Of a definition that checks; where
// needs form a circle the written order is kept.
std::vector<const Environment*> in_order(const Definition&);

}  // namespace davit
