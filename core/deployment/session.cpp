// SPDX-License-Identifier: MIT
#include "core/deployment/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/artifacts/aside.hpp"
#include "core/deployment/appending.hpp"
#include "core/deployment/checkout.hpp"
#include "core/deployment/reach.hpp"
#include "core/deployment/stored_artifacts.hpp"
#include "core/files/files.hpp"
#include "core/policy/whole.hpp"

namespace davit {

namespace {

int done_of(const RunReport& report) {
  int done = 0;
  for (const auto& step : report.steps)
    if (step.status != StepRecord::Status::not_started &&
        step.status != StepRecord::Status::uncertain)
      ++done;
  return done;
}

Fact outcome(const DeploymentId& id, int fence, const RunReport& report) {
  if (report.end == RunReport::End::finished)
    return DeploymentFinished{.deployment = id,
                              .fence = fence,
                              .ended = report.ended,
                              .took = report.took,
                              .steps = report.steps,
                              .message = report.message,
                              .log = report.log};
  DeploymentPaused paused{.deployment = id, .fence = fence, .step = report.at};
  paused.why = report.end == RunReport::End::manual ? DeploymentPaused::Why::manual
                                                    : DeploymentPaused::Why::interrupted;
  paused.note = report.message;
  paused.done = done_of(report);
  paused.total = static_cast<int>(report.steps.size());
  return paused;
}

// All that was asked for went well, but there are other targets (core/policy/whole.hpp).
void tell_part(RunReport& report, const Plan& plan) {
  report.ended = Ended::partial;
  report.message = plan.narrowing.empty() ? "the other targets were left alone" : plan.narrowed();
}

bool starts_in_checkout(const Plan& plan) {
  return std::any_of(plan.rounds.begin(), plan.rounds.end(), [&](const Round& round) {
    const auto& step = plan.steps[static_cast<std::size_t>(round.step)].step;
    return round.targets.front() == kLocal && step.enabled && step.directory.empty() &&
           (std::holds_alternative<RunAction>(step.action) || !step.condition.empty());
  });
}

}  // namespace

Outcome Session::prepare() {
  const auto& plan = seen_.plan;
  DAVIT_TRY(artifact_paths_, stored_artifacts(registry_.repository(), plan));
  DAVIT_TRY(auto reach,
            reach_of(registry_.repository(), seen_.rules.commit, seen_.rules.team, conduct_.ssh));
  approach_.emplace(std::move(reach), plan.hosts, seen_.state.ledger);
  if (!plan.rounds.empty() && plan.rounds.front().targets.front() != kLocal)
    approach_->begin(plan.rounds.front().targets);
  return Done{};
}

Result<RunRequest> Session::request(const DeploymentId& id, int fence,
                                    const std::string& answered) {
  auto& repository = registry_.repository();
  RunRequest request;
  request.plan = seen_.plan;
  request.plan.attempt = id.attempt;
  request.deployment = id;
  request.folder =
      Journal::folder(repository.private_directory(), seen_.plan.release.definition, id);
  request.repository = repository.top_level();
  request.artifact_paths = artifact_paths_;
  request.fence = fence;
  request.run_uncertain = conduct_.run_uncertain;
  request.go_on_past_manual = answered;
  DAVIT_CHECK(make_folders(request.folder));
  DAVIT_CHECK(write_file(request.folder + "/plan.json", to_json(request.plan).pretty()));
  if (!starts_in_checkout(request.plan)) return request;
  request.checkout = request.folder + "/checkout";
  DAVIT_CHECK(check_out(repository, request.plan.commit, request.checkout));
  return request;
}

bool Session::cancel_asked(const DeploymentId& id) {
  auto ledger = registry_.ledger(seen_.plan.release.definition);
  const auto head = ledger.head();
  if (!head || *head == head_) return false;
  head_ = *head;
  const auto state = ledger.present({id.release});
  const auto* release = state ? state->release(id.release) : nullptr;
  const auto* attempt = release ? release->attempt(id.environment) : nullptr;
  return attempt && attempt->cancel_asked.has_value();
}

void Session::extend(const DeploymentId& id, int fence) {
  const auto now = conduct_.clock.now();
  if (lease_until_ - now > kLease / 2) return;
  const LeaseExtended extended{id, fence, now + kLease};
  if (append_facts(registry_, seen_.rules, conduct_, {extended}, id))
    lease_until_ = extended.until;
  else
    conduct_.teller.note("the lease could not be extended; trying again");
}

Interrupts Session::interrupts(const DeploymentId& id, int fence) {
  lease_until_ = conduct_.clock.now() + kLease;
  return {[this, id] { return cancel_asked(id); }, [this, id, fence] { extend(id, fence); }};
}

Outcome Session::record(const DeploymentId& id, int fence, RunReport report) {
  const auto& plan = seen_.plan;
  if (report.ended == Ended::succeeded && !plan.left_out.empty()) {
    DAVIT_TRY(const auto state, registry_.ledger(plan.release.definition).whole());
    const bool whole = stays_whole(state, id, plan.narrowing, plan.picked) ||
                       others_have_it(state, id, plan.left_out);
    if (!whole) tell_part(report, plan);
  }
  auto recorded = append_facts(registry_, seen_.rules, conduct_, {outcome(id, fence, report)}, id);
  if (recorded) return Done{};
  Error error = recorded.error();
  error.message = "the steps ended but the ledger does not know yet: " + error.message;
  error.hint =
      fmt::format("{}{}davit resume {} {} records it and runs no step again", error.hint,
                  error.hint.empty() ? "" : "; then ", text(seen_.plan.release), id.environment);
  return error;
}

Result<Deployed> Session::run(const DeploymentId& id, int fence, const std::string& answered) {
  DAVIT_TRY(const auto wish, request(id, fence, answered));
  if (conduct_.starting) conduct_.starting(seen_);
  DAVIT_TRY(auto report,
            execute(wish, *approach_, conduct_.teller, conduct_.clock, interrupts(id, fence)));
  DAVIT_CHECK(record(id, fence, report));
  approach_.reset();
  if (report.end == RunReport::End::finished && !wish.checkout.empty()) {
    std::error_code ignored;
    std::filesystem::remove_all(wish.checkout, ignored);
  }
  return Deployed{.id = id, .report = std::move(report), .narrowed = seen_.plan.narrowed()};
}

}  // namespace davit
