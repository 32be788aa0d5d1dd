// SPDX-License-Identifier: MIT
// Requests: what someone wants; and deciding: the events it makes, or why not.
//
// decide() is pure and is asked again, on the newer state, whenever somebody else appended first.
// A refusal is an Error whose failure is `refused` or `misused`; deployments are asked for through
// may_deploy(), whose verdict the caller already has.
#pragma once

#include <variant>

#include "core/policy/verdict.hpp"

namespace davit {

// Who asks, when, and under which rules.
struct Asking {
  std::string by;  // e-mail address
  Instant now{};
  std::string rules;  // commit
};

struct CreateRelease {
  ReleaseCreated release;    // number and name are decided
  std::string name_pattern;  // release_name with all but its marks (release_name.hpp) worked out
};

struct StartRelease {
  ReleaseNumber release;
};

struct AbandonRelease {
  ReleaseNumber release;
  std::string reason;
};

struct MarkRelease {
  ReleaseNumber release;
  bool bad = true;
  std::string reason;
};

// With Cause::redeploy an attempt that was asked for already is given up for a new one.
struct RequestDeployment {
  ReleaseNumber release;
  std::string environment;
  Cause cause = Cause::manual;
  bool skip_needs = false;
  Narrowing narrowing;
  std::string reason;
};

// Whether the person may was asked before (may_decide).
struct Decide {
  ReleaseNumber release;
  std::string environment;
  Moment moment = Moment::before;
  bool approves = true;
  Digest plan;
  std::string comment;
  std::string seen;
};

// Whether it may start was asked before (may_deploy). Attempt and fence are decided. With `because`
// somebody asks for it in the same breath, unless somebody has.
struct StartDeployment {
  DeploymentStarted start;
  std::optional<std::string> because = {};
};

struct ResumeDeployment {
  ReleaseNumber release;
  std::string environment;
  Lease lease;  // fence is decided
  std::string comment;
};

struct CancelDeployment {
  ReleaseNumber release;
  std::string environment;
  std::string reason;
};

struct LockEnvironment {
  std::string environment;
  std::string reason;
  std::optional<Instant> until;
};

struct UnlockEnvironment {
  std::string environment;
  std::string reason;
};

using Request = std::variant<CreateRelease, StartRelease, AbandonRelease, MarkRelease,
                             RequestDeployment, Decide, StartDeployment, ResumeDeployment,
                             CancelDeployment, LockEnvironment, UnlockEnvironment>;

// The facts this request makes on this state. `state` holds the release it is about.
Result<std::vector<Fact>> decide(const State&, const Request&, const Asking&);

}  // namespace davit
