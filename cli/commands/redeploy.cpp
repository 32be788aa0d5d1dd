// SPDX-License-Identifier: MIT
// redeploy and retry: another attempt of what was in an environment before.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "core/deployment/appending.hpp"

namespace davit {

namespace {

struct RedeployOptions {
  std::vector<std::string> what;
  std::optional<std::string> reason;
  bool verbose = false;
};

void declare(Options& o, RedeployOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where");
  o.value("--reason,-m TEXT", into.reason, "why, for the ledger");
  o.flag("--verbose", into.verbose, "every line that the steps print");
}

Outcome ended_badly(const Case& seen) {
  const auto* last = seen.release->attempt(seen.environment->name);
  const bool well = last && last->stage == Attempt::Stage::finished &&
                    (last->ended == Ended::succeeded || last->ended == Ended::partial);
  if (last && last->closed() && !well) return Done{};
  return Error{
      fmt::format("{} has not failed in {}", text(seen.plan.release), seen.environment->name),
      fmt::format("davit redeploy {} {} deploys it once more", text(seen.plan.release),
                  seen.environment->name),
      {},
      Failure::refused};
}

// Whether a new attempt could not start either: it is not asked for then. Approvals begin anew.
bool hopeless(const Verdict& verdict) {
  const auto obstacles = verdict.obstacles();
  return std::any_of(obstacles.begin(), obstacles.end(), [](const Finding& finding) {
    return finding.rule != Rule::approval && !finding.waits();
  });
}

Result<ExitStatus> again(const RedeployOptions& options, Desk& desk, const char* what,
                         bool only_failed) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(auto actor, office->actor());
  DAVIT_TRY(auto subject, one_meant(*office, desk, options.what, ended_ones, what));
  subject.wanted = Wanted{subject.release, Cause::redeploy, false, actor.email};
  DAVIT_TRY(const auto seen, look_at(office->registry(), subject, desk.clock.now()));
  if (only_failed) DAVIT_CHECK(ended_badly(seen));
  Conductor conductor(*office, desk, std::move(actor), {options.verbose, false});
  const RequestDeployment request{subject.release, subject.environment, Cause::redeploy, false,
                                  options.reason.value_or("")};
  if (!hopeless(seen.verdict()))
    DAVIT_CHECK(append_request(office->registry(), seen.rules, conductor.conduct(), request,
                               subject.release));
  DAVIT_TRY(const auto status, conductor.deploy(subject));
  if (desk.settings.json)
    print(desk, record(what)
                    .set("release", text(seen.plan.release))
                    .set("environment", subject.environment)
                    .set("deployments", conductor.deployments()));
  return status;
}

Result<ExitStatus> redeploy(const RedeployOptions& options, Desk& desk) {
  return again(options, desk, "redeploy", false);
}

Result<ExitStatus> retry(const RedeployOptions& options, Desk& desk) {
  return again(options, desk, "retry", true);
}

}  // namespace

Command redeploy_command() {
  return {.name = "redeploy",
          .group = CommandGroup::attend,
          .summary = "deploy once more what was in an environment before",
          .about = "A new attempt: it needs its approvals anew.",
          .examples = {{"davit redeploy storefront/17 staging", "the same plan, all steps"}},
          .declare = from(declare, redeploy)};
}

Command retry_command() {
  return {.name = "retry",
          .group = CommandGroup::attend,
          .summary = "try a deployment again that failed or was canceled",
          .examples = {{"davit retry storefront/17 staging", "all steps, as a new attempt"}},
          .declare = from(declare, retry)};
}

}  // namespace davit
