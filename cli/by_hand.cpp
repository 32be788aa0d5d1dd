// SPDX-License-Identifier: MIT
#include "cli/by_hand.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/json_record.hpp"
#include "core/deployment/appending.hpp"

namespace davit {

namespace {

// Who has asked for this already, and it may still come; empty: nobody.
std::string asked_by(const Case& seen, const Verdict& verdict) {
  const auto* attempt = seen.release->attempt(seen.environment->name);
  const bool open = attempt && attempt->stage == Attempt::Stage::open && attempt->requested;
  if (!open || !(verdict.allowed() || verdict.waits())) return "";
  const bool again = seen.wanted.cause == Cause::redeploy;
  return again && attempt->cause != Cause::redeploy ? "" : attempt->requested->by;
}

// Whether a new attempt could not start either: it is not asked for then. Approvals begin anew.
bool hopeless(const Verdict& verdict) {
  const auto obstacles = verdict.obstacles();
  return std::any_of(obstacles.begin(), obstacles.end(), [](const Finding& finding) {
    return finding.rule != Rule::approval && !finding.waits();
  });
}

bool to_be_asked_for(const Case& seen, const Verdict& verdict) {
  if (!asked_by(seen, verdict).empty()) return false;
  if (seen.wanted.cause == Cause::redeploy) return !hopeless(verdict);
  return !verdict.allowed() && verdict.waits();
}

// The targets it was asked for, when it was: who approved it has seen those.
Outcome take_over_narrowing(const Case& seen, Subject& subject) {
  const auto& asked = seen.release->attempt(subject.environment)->narrowing;
  auto& said = subject.wanted->narrowing;
  if (said.empty()) said = asked;
  if (said == asked) return Done{};
  const auto what = fmt::format("{} {}", text(seen.plan.release), subject.environment);
  return Error{
      fmt::format("{} is asked for {}", what, asked.empty() ? "on all targets" : text(asked)),
      fmt::format("davit cancel {} takes that back", what),
      {},
      Failure::refused};
}

}  // namespace

Result<ExitStatus> bring(Office& office, Desk& desk, const Actor& actor, const ByHand& wish) {
  auto subject = wish.subject;
  DAVIT_TRY(const auto before, look_at(office.registry(), subject, desk.clock.now()));
  const auto asked = asked_by(before, before.verdict());
  if (!asked.empty()) DAVIT_CHECK(take_over_narrowing(before, subject));
  Conductor conductor(office, desk, actor, wish.manner);
  if (to_be_asked_for(before, before.verdict()))
    DAVIT_CHECK(append_request(
        office.registry(), before.rules, conductor.conduct(),
        RequestDeployment{subject.release, subject.environment, before.wanted.cause,
                          before.wanted.skip_needs, before.wanted.narrowing, wish.reason},
        subject.release));
  if (!wish.reason.empty()) subject.wanted->because = wish.reason;
  DAVIT_TRY(const auto seen, look_at(office.registry(), subject, desk.clock.now()));
  DAVIT_TRY(const auto status, conductor.deploy(subject));
  if (status == ExitStatus::waiting && conductor.deployments().items().empty())
    desk.say("{} {} in {}; davit run {} goes on when nothing stands in the way",
             asked.empty() ? "asked for" : person(asked) + " has asked already for",
             text(seen.plan.release), subject.environment, subject.definition);
  if (desk.settings.json)
    print(desk, record(wish.command)
                    .set("release", text(seen.plan.release))
                    .set("environment", subject.environment)
                    .set("deployments", conductor.deployments())
                    .set("rules", to_json(seen.verdict())));
  return status;
}

}  // namespace davit
