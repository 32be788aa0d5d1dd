// SPDX-License-Identifier: MIT
// What the facts and their records look like as JSON: a table of members each (record.hpp).
//
// These are the stored bytes of every ledger. A member may be added as `may`; none may be renamed,
// given another type, or made a `must`.
#pragma once

#include <array>

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
template <typename Each>
void members(const Narrowing*, Each&& each) {
  each(may("limit", &Narrowing::limit));
  each(may("exclude", &Narrowing::exclude));
}
template <typename Each>
void members(const DeploymentId*, Each&& each) {
  each(must("release", &DeploymentId::release));
  each(must("environment", &DeploymentId::environment, record::kName));
  each(must("attempt", &DeploymentId::attempt, record::kPositive));
}
template <typename Each>
void members(const DefinitionPin*, Each&& each) {
  each(must("path", &DefinitionPin::path));
  each(may("blob", &DefinitionPin::blob, record::kObject));
  each(must("commit", &DefinitionPin::commit, record::kObject));
  each(may("branch", &DefinitionPin::branch));
  each(must("digest", &DefinitionPin::digest));
}
template <typename Each>
void members(const ArtifactPin*, Each&& each) {
  each(must("name", &ArtifactPin::name, record::kName));
  each(must("kind", &ArtifactPin::kind, record::kName));
  each(may("source", &ArtifactPin::source));
  each(may("version", &ArtifactPin::version));
  each(must("digest", &ArtifactPin::digest));
  each(may("git", &ArtifactPin::git, record::kObject));
  each(may("size", &ArtifactPin::size, record::kSize));
  each(may("files", &ArtifactPin::files, record::kCount));
}
template <typename Each>
void members(const Runner*, Each&& each) {
  each(must("host", &Runner::host));
  each(must("pid", &Runner::pid, record::kPositive));
  each(may("boot", &Runner::boot));
  each(may("started", &Runner::started, record::kSize));
}
template <typename Each>
void members(const Lease*, Each&& each) {
  each(must("fence", &Lease::fence, record::kPositive));
  each(must("until", &Lease::until));
  each(must("runner", &Lease::runner));
}
template <typename Each>
void members(const StepRecord*, Each&& each) {
  each(may("phase", &StepRecord::phase));
  each(must("step", &StepRecord::step));
  each(may("target", &StepRecord::target));
  each(must("status", &StepRecord::status));
  each(may("tries", &StepRecord::tries, record::kCount));
  each(may("took_ms", &StepRecord::took));
  each(may("reversible", &StepRecord::reversible));
  each(may("message", &StepRecord::message));
}

// Facts about releases.
template <typename Each>
void members(const LedgerOpened*, Each&& each) {
  each(must("definition", &LedgerOpened::definition, record::kName));
}
template <typename Each>
void members(const ReleaseCreated*, Each&& each) {
  each(must("release", &ReleaseCreated::release));
  each(must("name", &ReleaseCreated::name));
  each(may("draft", &ReleaseCreated::draft));
  each(must("definition", &ReleaseCreated::definition));
  each(may("untrusted", &ReleaseCreated::untrusted));
  each(may("artifacts", &ReleaseCreated::artifacts));
  each(may("values", &ReleaseCreated::values));
  each(may("note", &ReleaseCreated::note));
  each(may("subject", &ReleaseCreated::subject));
}
template <typename Each>
void members(const ReleaseStarted*, Each&& each) {
  each(must("release", &ReleaseStarted::release));
}
template <typename Each>
void members(const ReleaseAbandoned*, Each&& each) {
  each(must("release", &ReleaseAbandoned::release));
  each(may("reason", &ReleaseAbandoned::reason));
}
template <typename Each>
void members(const ReleaseMarked*, Each&& each) {
  each(must("release", &ReleaseMarked::release));
  each(must("bad", &ReleaseMarked::bad));
  each(may("reason", &ReleaseMarked::reason));
}

// Facts about deployments.
template <typename Each>
void members(const DeploymentRequested*, Each&& each) {
  each(must("deployment", &DeploymentRequested::deployment));
  each(must("cause", &DeploymentRequested::cause));
  each(may("skip_needs", &DeploymentRequested::skip_needs));
  each(may("narrowing", &DeploymentRequested::narrowing));
  each(may("reason", &DeploymentRequested::reason));
}
// `approves` is said by the type. A yes is worth nothing without what it is a yes to.
template <typename Each>
void members(const ApprovalGiven*, Each&& each) {
  each(must("deployment", &Decision::deployment));
  each(must("moment", &Decision::moment));
  each(must("plan", &Decision::plan));
  each(may("comment", &Decision::comment));
  each(may("seen", &Decision::seen, record::kObject));
}
template <typename Each>
void members(const ApprovalRejected*, Each&& each) {
  each(must("deployment", &Decision::deployment));
  each(must("moment", &Decision::moment));
  each(may("plan", &Decision::plan));
  each(may("comment", &Decision::comment));
  each(may("seen", &Decision::seen, record::kObject));
}
template <typename Each>
void members(const DeploymentStarted*, Each&& each) {
  each(must("deployment", &DeploymentStarted::deployment));
  each(must("cause", &DeploymentStarted::cause));
  each(must("plan", &DeploymentStarted::plan));
  each(must("lease", &DeploymentStarted::lease));
  each(may("from", &DeploymentStarted::from));
  each(may("steps", &DeploymentStarted::steps, record::kCount));
  each(may("skip_needs", &DeploymentStarted::skip_needs));
  each(may("narrowing", &DeploymentStarted::narrowing));
  each(may("targets", &DeploymentStarted::targets, record::kCount));
  each(may("of", &DeploymentStarted::of, record::kCount));
  each(may("only", &DeploymentStarted::only));
}
template <typename Each>
void members(const LeaseExtended*, Each&& each) {
  each(must("deployment", &LeaseExtended::deployment));
  each(must("fence", &LeaseExtended::fence, record::kPositive));
  each(must("until", &LeaseExtended::until));
}
template <typename Each>
void members(const DeploymentPaused*, Each&& each) {
  each(must("deployment", &DeploymentPaused::deployment));
  each(must("fence", &DeploymentPaused::fence, record::kPositive));
  each(must("why", &DeploymentPaused::why));
  each(may("step", &DeploymentPaused::step));
  each(may("note", &DeploymentPaused::note));
  each(may("done", &DeploymentPaused::done, record::kCount));
  each(may("total", &DeploymentPaused::total, record::kCount));
}
template <typename Each>
void members(const DeploymentResumed*, Each&& each) {
  each(must("deployment", &DeploymentResumed::deployment));
  each(must("lease", &DeploymentResumed::lease));
  each(may("comment", &DeploymentResumed::comment));
}
template <typename Each>
void members(const CancelAsked*, Each&& each) {
  each(must("deployment", &CancelAsked::deployment));
  each(may("reason", &CancelAsked::reason));
}
template <typename Each>
void members(const DeploymentFinished*, Each&& each) {
  each(must("deployment", &DeploymentFinished::deployment));
  each(must("fence", &DeploymentFinished::fence, record::kPositive));
  each(must("ended", &DeploymentFinished::ended));
  each(may("took_ms", &DeploymentFinished::took));
  each(may("steps", &DeploymentFinished::steps));
  each(may("untold", &DeploymentFinished::untold, record::kCount));
  each(may("message", &DeploymentFinished::message));
  each(may("log", &DeploymentFinished::log));
}

// Facts about environments.
template <typename Each>
void members(const EnvironmentLocked*, Each&& each) {
  each(must("environment", &EnvironmentLocked::environment, record::kName));
  each(may("reason", &EnvironmentLocked::reason));
  each(may("until", &EnvironmentLocked::until));
}
template <typename Each>
void members(const EnvironmentUnlocked*, Each&& each) {
  each(must("environment", &EnvironmentUnlocked::environment, record::kName));
  each(may("reason", &EnvironmentUnlocked::reason));
}

}  // namespace davit
