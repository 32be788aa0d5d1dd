// SPDX-License-Identifier: MIT
// Deploying: load, decide, append, run, append.
//
// Told before done: DeploymentStarted is in the ledger before the first step runs, decided on the
// newest state, so of two who start only one does. What the steps came to is appended after. When
// davit dies between, the ledger says running, the journal says how far, and resume() goes on.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/clock/clock.hpp"
#include "core/plan/plan.hpp"
#include "core/policy/verdict.hpp"
#include "core/registry/registry.hpp"
#include "core/runner/runner.hpp"

namespace davit {

// Everything that is known about one deployment at one moment. Address-stable parts are owned.
struct Case {
  Rules rules;
  State state;
  const Release* release = nullptr;          // of state
  const Environment* environment = nullptr;  // of rules.definition
  Wanted wanted;
  Plan plan;
  Instant now{};

  Case() = default;
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;
  Case(Case&&) = default;
  Case& operator=(Case&&) = default;

  Question question() const;
  Verdict verdict() const { return may_deploy(question()); }
};

// Which deployment is meant, and how it is wanted; without `wanted`: as the state says.
struct Subject {
  std::string definition;
  ReleaseNumber release;
  std::string environment;
  std::optional<Wanted> wanted;
};

// Loads what the question needs. An error when the release or environment does not exist.
Result<Case> look_at(Registry&, const Subject&, Instant now);
// The same on a state that is loaded already.
Result<Case> look_at(Registry&, const Rules&, const State&, const Subject&, Instant now);

// That there is no such release, with the newest there is.
Error no_release(const State&, const ReleaseId&);
// That a definition has no such environment, with the nearest it has.
Error no_environment(const Definition&, const std::string& wanted);

// What a deployment came to.
struct Deployed {
  DeploymentId id;
  RunReport report;
  std::string narrowed;                         // "limited to web1 (1 of 3 targets)", where it was
  std::optional<ReleaseNumber> rolled_back_to;  // on_failure = "rollback" brought this back
  std::optional<Error> rollback_failed;         // why it could not
  bool rollback_uncertain = false;              // because nobody can tell how a step of it ended
};

// How it is told, and who does it.
struct Conduct {
  Actor actor;
  const Clock& clock;
  Teller& teller;
  std::function<void(const Case&)> starting;  // just before the first step
  bool run_uncertain = false;
  // Before what a failed deployment left is rolled back.
  std::function<void(const std::string& definition, const Deployed&)> failed = {};
  // What the person says of ssh, over what the team's rules say (over(), reach.hpp).
  SshSettings ssh = {.transport = ""};
};

// Runs it when the verdict allows; the Error of a refusal is `refused`, of a lost race `busy`.
Result<Deployed> deploy(Registry&, const Subject&, const Conduct&);

// Goes on with the environment's unfinished deployment: takes over from a runner that is gone, from
// an interruption, or past the manual step that the person answered. `busy` while its runner lives.
Result<Deployed> resume(Registry&, const std::string& definition, const std::string& environment,
                        const Conduct&, const std::string& comment);

// Cancels an unfinished deployment: at once where nothing runs; a living runner is asked to stop.
// A runner that is gone is noted first. True when it is canceled, false when it was asked.
Result<bool> cancel(Registry&, const Subject&, const std::string& reason, const Conduct&);

}  // namespace davit
