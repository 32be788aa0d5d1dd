// SPDX-License-Identifier: MIT
// deploy and promote: bringing a release into an environment by hand.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/plan_file.hpp"
#include "core/deployment/appending.hpp"

namespace davit {

namespace {

struct DeployOptions {
  std::vector<std::string> what;
  std::optional<std::string> plan, reason;
  bool skip_needs = false, verbose = false;
};

void declare_common(Options& o, DeployOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where to");
  o.value("--reason TEXT", into.reason, "why, for the ledger");
  o.flag("--verbose", into.verbose, "every line that the steps print");
}

void declare_deploy(Options& o, DeployOptions& into) {
  declare_common(o, into);
  o.value("--plan FILE", into.plan, "only exactly what this file of `davit plan -o` says");
  o.flag("--skip-needs", into.skip_needs, "out of order: past environments it should have been in");
}

// By hand: as it was asked for already, or by this person now.
Wanted by_hand(const Case& seen, const DeployOptions& options, const std::string& person) {
  Wanted wanted = seen.wanted;
  if (wanted.cause == Cause::automatic) wanted.cause = Cause::manual;
  if (wanted.asker.empty()) wanted.asker = person;
  wanted.skip_needs = wanted.skip_needs || options.skip_needs;
  return wanted;
}

// What can't be deployed yet but may come is asked for, so that it is deployed when it may be.
Outcome ask_for(Office& office, Conductor& conductor, const Case& seen,
                const DeployOptions& options) {
  const RequestDeployment request{seen.release->number, seen.environment->name, seen.wanted.cause,
                                  seen.wanted.skip_needs, options.reason.value_or("")};
  DAVIT_CHECK(append_request(office.registry(), seen.rules, conductor.conduct(), request,
                             seen.release->number));
  return Done{};
}

Result<ExitStatus> bring(const DeployOptions& options, Desk& desk, const char* what) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(auto actor, office->actor());
  const auto person = actor.email;
  DAVIT_TRY(auto subject, one_meant(*office, desk, options.what, deployable_ones, what));
  DAVIT_TRY(const auto first, look_at(office->registry(), subject, desk.clock.now()));
  subject.wanted = by_hand(first, options, person);
  DAVIT_TRY(const auto seen, look_at(office->registry(), subject, desk.clock.now()));
  if (options.plan) DAVIT_CHECK(same_as_file(desk.path(*options.plan), seen.plan));

  Conductor conductor(*office, desk, std::move(actor), {options.verbose, false});
  const auto verdict = seen.verdict();
  if (!verdict.allowed() && verdict.waits())
    DAVIT_CHECK(ask_for(*office, conductor, seen, options));
  DAVIT_TRY(const auto status, conductor.deploy(subject));
  if (status == ExitStatus::waiting && conductor.deployments().items().empty())
    desk.say("asked for; davit run goes on when nothing stands in the way");
  if (desk.settings.json)
    print(desk, record(what)
                    .set("release", text(seen.plan.release))
                    .set("environment", subject.environment)
                    .set("deployments", conductor.deployments())
                    .set("rules", to_json(verdict)));
  return status;
}

Result<ExitStatus> deploy_by_hand(const DeployOptions& options, Desk& desk) {
  return bring(options, desk, "deploy");
}

Result<ExitStatus> promote(const DeployOptions& options, Desk& desk) {
  return bring(options, desk, "promote");
}

}  // namespace

Command deploy_command() {
  return {.name = "deploy",
          .group = CommandGroup::promote,
          .summary = "deploy a release to an environment by hand",
          .about =
              "Any release, any environment: older ones too. What stands in the way is said; "
              "where it may clear, the deployment is asked for and `davit run` goes on.",
          .examples = {{"davit deploy storefront/17 staging", "this release, there, now"},
                       {"davit deploy --plan plan.json storefront/17 production",
                        "only if nothing has changed since the plan was written"}},
          .declare = from(declare_deploy, deploy_by_hand)};
}

Command promote_command() {
  return {.name = "promote",
          .group = CommandGroup::promote,
          .summary = "ask for a release to go on to an environment",
          .examples = {{"davit promote storefront/17 production",
                        "deploys it, or asks for what it needs"}},
          .declare = from(declare_common, promote)};
}

}  // namespace davit
