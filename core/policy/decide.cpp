// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "core/policy/release_name.hpp"
#include "core/policy/request.hpp"

namespace davit {

namespace {

using Facts = std::vector<Fact>;
using Decided = Result<Facts>;

Error refused(std::string message, std::string hint) {
  return {std::move(message), std::move(hint), {}, Failure::refused};
}

class Decider {
 public:
  Decider(const State& state, const Asking& asking) : state_(state), asking_(asking) {}

  Decided operator()(const CreateRelease& request) const {
    ReleaseCreated created = request.release;
    created.release = {state_.last_release.value + 1};
    DAVIT_TRY(created.name,
              release_name(request.name_pattern, created.release, state_.recent_names));
    return Facts{created};
  }

  Decided operator()(const StartRelease& request) const {
    DAVIT_TRY(const auto* release, known(request.release));
    if (release->status != Release::Status::draft)
      return refused(
          fmt::format("{} is {}, not a draft", id(request.release), text(release->status)),
          "only drafts are started");
    return Facts{ReleaseStarted{request.release}};
  }

  Decided operator()(const AbandonRelease& request) const {
    DAVIT_TRY(const auto* release, known(request.release));
    if (release->status == Release::Status::abandoned)
      return refused(id(request.release) + " is abandoned already", "nothing to do");
    for (const auto& [name, environment] : state_.environments)
      if (environment.current && environment.current->release == request.release)
        return refused(fmt::format("{} is being deployed to {}", id(request.release), name),
                       fmt::format("davit cancel {} {}", id(request.release), name));
    return Facts{ReleaseAbandoned{request.release, request.reason}};
  }

  Decided operator()(const MarkRelease& request) const {
    DAVIT_TRY(const auto* release, known(request.release));
    if (release->bad.has_value() == request.bad)
      return refused(
          fmt::format("{} is {}marked bad", id(request.release), request.bad ? "already " : "not "),
          "davit show " + id(request.release));
    return Facts{ReleaseMarked{request.release, request.bad, request.reason}};
  }

  Decided operator()(const RequestDeployment& request) const {
    DAVIT_TRY(const auto* release, known(request.release));
    const auto* last = release->attempt(request.environment);
    const bool under_way =
        last && (last->stage == Attempt::Stage::running || last->stage == Attempt::Stage::paused);
    if (under_way)
      return Error{fmt::format("{} is {} in {}", id(request.release), text(last->stage),
                               request.environment),
                   fmt::format("davit resume {0} {1}, or davit cancel {0} {1}", id(request.release),
                               request.environment),
                   {},
                   Failure::busy};
    const bool open = last && !last->closed();
    Facts facts;
    int attempt = release->next_attempt(request.environment);
    if (open && last->requested && request.cause == Cause::redeploy) {
      facts.push_back(
          CancelAsked{{request.release, request.environment, attempt}, "asked for again"});
      ++attempt;
    } else if (open && last->requested) {
      return Facts{};
    }
    DAVIT_CHECK(room_for_one_more(request.environment, open && last->requested ? 1 : 0));
    facts.push_back(DeploymentRequested{{request.release, request.environment, attempt},
                                        request.cause,
                                        request.skip_needs,
                                        request.narrowing,
                                        request.reason});
    return facts;
  }

  Decided operator()(const Decide& request) const {
    DAVIT_TRY(const auto* release, known(request.release));
    Decision decision{{request.release, request.environment, 0},
                      request.moment,
                      request.approves,
                      request.plan,
                      request.comment,
                      request.seen};
    const auto* last = release->attempt(request.environment);
    const bool after = request.moment == Moment::after;
    if (after && (!last || last->stage != Attempt::Stage::finished))
      return refused(fmt::format("{} has no finished deployment in {} to decide on",
                                 id(request.release), request.environment),
                     fmt::format("davit why {} {}", id(request.release), request.environment));
    if (!after && last && last->started && !last->closed())
      return refused(fmt::format("the deployment of {} to {} has started already",
                                 id(request.release), request.environment),
                     "davit status " + state_.definition);
    decision.deployment.attempt = after ? last->number : release->next_attempt(request.environment);
    if (request.approves) return Facts{ApprovalGiven{decision}};
    return Facts{ApprovalRejected{decision}};
  }

  Decided operator()(const StartDeployment& request) const {
    DeploymentStarted start = request.start;
    DAVIT_TRY(const auto* release, known(start.deployment.release));
    const auto& environment = state_.environment(start.deployment.environment);
    if (environment.current)
      return Error{fmt::format("{} is being deployed to {}", id(environment.current->release),
                               start.deployment.environment),
                   "davit status " + state_.definition,
                   {},
                   Failure::busy};
    start.deployment.attempt = release->next_attempt(start.deployment.environment);
    start.lease.fence = environment.fence + 1;
    if (const auto* live = environment.live()) start.from = live->release;
    const auto* last = release->attempt(start.deployment.environment);
    const bool asked = last && !last->closed() && last->requested;
    if (!request.because || asked || !room_for_one_more(start.deployment.environment, 0))
      return Facts{start};
    return Facts{DeploymentRequested{start.deployment, start.cause, start.skip_needs,
                                     start.narrowing, *request.because},
                 start};
  }

  Decided operator()(const ResumeDeployment& request) const {
    DAVIT_CHECK(known(request.release));
    const auto& environment = state_.environment(request.environment);
    if (!environment.current || environment.current->release != request.release)
      return refused(fmt::format("{} has no unfinished deployment in {}", id(request.release),
                                 request.environment),
                     "davit status " + state_.definition);
    DeploymentResumed resumed{*environment.current, request.lease, request.comment};
    resumed.lease.fence = environment.fence + 1;
    return Facts{resumed};
  }

  Decided operator()(const CancelDeployment& request) const {
    DAVIT_TRY(const auto* release, known(request.release));
    const auto* last = release->attempt(request.environment);
    if (!last || last->closed())
      return refused(fmt::format("{} has no deployment to cancel in {}", id(request.release),
                                 request.environment),
                     "davit status " + state_.definition);
    if (last->cancel_asked) return Facts{};
    return Facts{CancelAsked{{request.release, request.environment, last->number}, request.reason}};
  }

  Decided operator()(const LockEnvironment& request) const {
    const auto& lock = state_.environment(request.environment).lock;
    if (lock && (!lock->until || *lock->until > asking_.now))
      return Error{
          fmt::format("{} is locked by {}: {}", request.environment, lock->deed.by, lock->reason),
          fmt::format("davit unlock {} {}", state_.definition, request.environment),
          {},
          Failure::busy};
    return Facts{EnvironmentLocked{request.environment, request.reason, request.until}};
  }

  Decided operator()(const UnlockEnvironment& request) const {
    if (!state_.environment(request.environment).lock)
      return refused(request.environment + " is not locked", "nothing to do");
    return Facts{EnvironmentUnlocked{request.environment, request.reason}};
  }

 private:
  // `leave`: how many that wait now give way.
  Outcome room_for_one_more(const std::string& environment, std::size_t leave) const {
    const auto& waiting = state_.environment(environment).requested;
    if (waiting.size() < EnvironmentState::kRequested + leave) return Done{};
    const auto& oldest = waiting.front();
    return refused(
        fmt::format("{} deployments wait for {} already", waiting.size(), environment),
        fmt::format("davit cancel {} {} gives up the oldest", id(oldest.release), environment));
  }

  std::string id(ReleaseNumber number) const { return text(ReleaseId{state_.definition, number}); }

  Result<const Release*> known(ReleaseNumber number) const {
    const auto* release = state_.release(number);
    if (release) return release;
    return Error{"there is no release " + id(number),
                 fmt::format("davit history {} lists them", state_.definition),
                 {},
                 Failure::misused};
  }

  const State& state_;
  const Asking& asking_;
};

}  // namespace

Result<std::vector<Fact>> decide(const State& state, const Request& request, const Asking& asking) {
  return std::visit(Decider(state, asking), request);
}

}  // namespace davit
