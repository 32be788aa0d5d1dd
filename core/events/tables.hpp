// SPDX-License-Identifier: MIT
// What the facts and their records look like as JSON: a table of members each (record.hpp).
//
// These are the stored bytes of every ledger. A member may be added as `may`; none may be renamed,
// given another type, or made a `must`.
#pragma once

#include <array>
#include <tuple>

#include "core/events/event.hpp"
#include "core/events/record.hpp"

namespace davit {

using record::may;
using record::must;

// Words, in the order of the values.
constexpr auto words(Cause) { return std::array{"automatic", "manual", "redeploy", "rollback"}; }
constexpr auto words(Moment) { return std::array{"before", "after"}; }
constexpr auto words(Ended) { return std::array{"succeeded", "partial", "failed", "canceled"}; }
constexpr auto words(StepRecord::Status) {
  return std::array{"succeeded", "failed", "skipped", "canceled", "not-started", "uncertain"};
}
constexpr auto words(DeploymentPaused::Why) { return std::array{"manual", "interrupted"}; }

// Records.
constexpr auto members(const DeploymentId*) {
  return std::tuple(must("release", &DeploymentId::release),
                    must("environment", &DeploymentId::environment, record::kName),
                    must("attempt", &DeploymentId::attempt, record::kPositive));
}
constexpr auto members(const DefinitionPin*) {
  return std::tuple(must("path", &DefinitionPin::path),
                    may("blob", &DefinitionPin::blob, record::kObject),
                    must("commit", &DefinitionPin::commit, record::kObject),
                    may("branch", &DefinitionPin::branch), must("digest", &DefinitionPin::digest));
}
constexpr auto members(const ArtifactPin*) {
  return std::tuple(must("name", &ArtifactPin::name, record::kName),
                    must("kind", &ArtifactPin::kind, record::kName),
                    may("source", &ArtifactPin::source), may("version", &ArtifactPin::version),
                    must("digest", &ArtifactPin::digest),
                    may("git", &ArtifactPin::git, record::kObject),
                    may("size", &ArtifactPin::size, record::kSize),
                    may("files", &ArtifactPin::files, record::kCount));
}
constexpr auto members(const Runner*) {
  return std::tuple(must("host", &Runner::host), must("pid", &Runner::pid, record::kPositive),
                    may("boot", &Runner::boot), may("started", &Runner::started, record::kSize));
}
constexpr auto members(const Lease*) {
  return std::tuple(must("fence", &Lease::fence, record::kPositive), must("until", &Lease::until),
                    must("runner", &Lease::runner));
}
constexpr auto members(const StepRecord*) {
  return std::tuple(may("phase", &StepRecord::phase), must("step", &StepRecord::step),
                    may("target", &StepRecord::target), must("status", &StepRecord::status),
                    may("tries", &StepRecord::tries, record::kCount),
                    may("took_ms", &StepRecord::took), may("reversible", &StepRecord::reversible),
                    may("message", &StepRecord::message));
}

// Facts about releases.
constexpr auto members(const LedgerOpened*) {
  return std::tuple(must("definition", &LedgerOpened::definition, record::kName));
}
constexpr auto members(const ReleaseCreated*) {
  return std::tuple(
      must("release", &ReleaseCreated::release), must("name", &ReleaseCreated::name),
      may("draft", &ReleaseCreated::draft), must("definition", &ReleaseCreated::definition),
      may("untrusted", &ReleaseCreated::untrusted), may("artifacts", &ReleaseCreated::artifacts),
      may("values", &ReleaseCreated::values), may("note", &ReleaseCreated::note),
      may("subject", &ReleaseCreated::subject));
}
constexpr auto members(const ReleaseStarted*) {
  return std::tuple(must("release", &ReleaseStarted::release));
}
constexpr auto members(const ReleaseAbandoned*) {
  return std::tuple(must("release", &ReleaseAbandoned::release),
                    may("reason", &ReleaseAbandoned::reason));
}
constexpr auto members(const ReleaseMarked*) {
  return std::tuple(must("release", &ReleaseMarked::release), must("bad", &ReleaseMarked::bad),
                    may("reason", &ReleaseMarked::reason));
}

// Facts about deployments.
constexpr auto members(const DeploymentRequested*) {
  return std::tuple(must("deployment", &DeploymentRequested::deployment),
                    must("cause", &DeploymentRequested::cause),
                    may("skip_needs", &DeploymentRequested::skip_needs),
                    may("reason", &DeploymentRequested::reason));
}
// `approves` is said by the type. A yes is worth nothing without what it is a yes to.
constexpr auto members(const ApprovalGiven*) {
  return std::tuple(must("deployment", &Decision::deployment), must("moment", &Decision::moment),
                    must("plan", &Decision::plan), may("comment", &Decision::comment),
                    may("seen", &Decision::seen, record::kObject));
}
constexpr auto members(const ApprovalRejected*) {
  return std::tuple(must("deployment", &Decision::deployment), must("moment", &Decision::moment),
                    may("plan", &Decision::plan), may("comment", &Decision::comment),
                    may("seen", &Decision::seen, record::kObject));
}
constexpr auto members(const DeploymentStarted*) {
  return std::tuple(must("deployment", &DeploymentStarted::deployment),
                    must("cause", &DeploymentStarted::cause),
                    must("plan", &DeploymentStarted::plan),
                    must("lease", &DeploymentStarted::lease), may("from", &DeploymentStarted::from),
                    may("steps", &DeploymentStarted::steps, record::kCount),
                    may("skip_needs", &DeploymentStarted::skip_needs));
}
constexpr auto members(const LeaseExtended*) {
  return std::tuple(must("deployment", &LeaseExtended::deployment),
                    must("fence", &LeaseExtended::fence, record::kPositive),
                    must("until", &LeaseExtended::until));
}
constexpr auto members(const DeploymentPaused*) {
  return std::tuple(must("deployment", &DeploymentPaused::deployment),
                    must("fence", &DeploymentPaused::fence, record::kPositive),
                    must("why", &DeploymentPaused::why), may("step", &DeploymentPaused::step),
                    may("note", &DeploymentPaused::note),
                    may("done", &DeploymentPaused::done, record::kCount),
                    may("total", &DeploymentPaused::total, record::kCount));
}
constexpr auto members(const DeploymentResumed*) {
  return std::tuple(must("deployment", &DeploymentResumed::deployment),
                    must("lease", &DeploymentResumed::lease),
                    may("comment", &DeploymentResumed::comment));
}
constexpr auto members(const CancelAsked*) {
  return std::tuple(must("deployment", &CancelAsked::deployment),
                    may("reason", &CancelAsked::reason));
}
constexpr auto members(const DeploymentFinished*) {
  return std::tuple(
      must("deployment", &DeploymentFinished::deployment),
      must("fence", &DeploymentFinished::fence, record::kPositive),
      must("ended", &DeploymentFinished::ended), may("took_ms", &DeploymentFinished::took),
      may("steps", &DeploymentFinished::steps), may("message", &DeploymentFinished::message),
      may("log", &DeploymentFinished::log));
}

// Facts about environments.
constexpr auto members(const EnvironmentLocked*) {
  return std::tuple(must("environment", &EnvironmentLocked::environment, record::kName),
                    may("reason", &EnvironmentLocked::reason),
                    may("until", &EnvironmentLocked::until));
}
constexpr auto members(const EnvironmentUnlocked*) {
  return std::tuple(must("environment", &EnvironmentUnlocked::environment, record::kName),
                    may("reason", &EnvironmentUnlocked::reason));
}

}  // namespace davit
