// SPDX-License-Identifier: MIT
// deploy and promote: bringing a release into an environment by hand.
#include "cli/by_hand.hpp"
#include "cli/commands.hpp"
#include "cli/dry_running.hpp"
#include "cli/meant.hpp"
#include "cli/narrowing_options.hpp"
#include "cli/plan_file.hpp"
#include "cli/ssh_options.hpp"

namespace davit {

namespace {

struct DeployOptions {
  std::vector<std::string> what;
  std::optional<std::string> plan, reason;
  Narrowing narrowing;
  SshOptions ssh;
  bool skip_needs = false, verbose = false, dry = false;
};

void declare_common(Options& o, DeployOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where to");
  o.value("--reason TEXT", into.reason, "why, for the ledger");
  declare(o, into.narrowing);
  declare(o, into.ssh);
  o.flag("--dry-run", into.dry, "tell what would be done on which target, and do nothing");
  o.flag("--verbose", into.verbose, "every line that the steps print, unfolded, as it comes");
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
  if (!options.narrowing.empty()) wanted.narrowing = options.narrowing;
  return wanted;
}

Result<ExitStatus> deploy_as_told(const DeployOptions& options, Desk& desk,
                                  const std::string& what) {
  DAVIT_TRY(auto ssh, said(options.ssh, desk));
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto actor, office->actor());
  DAVIT_TRY(auto subject, one_meant(*office, desk, options.what,
                                    {what + as_typed(options.narrowing), deployable_ones,
                                     "there is no release that is not there already"}));
  DAVIT_TRY(const auto first, look_at(office->registry(), subject, desk.clock.now()));
  subject.wanted = by_hand(first, options, actor.email);
  if (options.plan) {
    DAVIT_TRY(const auto seen, look_at(office->registry(), subject, desk.clock.now()));
    DAVIT_CHECK(same_as_file(desk.path(*options.plan), seen.plan));
  }
  if (options.dry) return run_dry(*office, desk, subject);
  return bring(
      *office, desk, actor,
      {what, subject, options.reason.value_or(""), {options.verbose, false, std::move(ssh)}});
}

Result<ExitStatus> deploy_by_hand(const DeployOptions& options, Desk& desk) {
  return deploy_as_told(options, desk, "deploy");
}

Result<ExitStatus> promote(const DeployOptions& options, Desk& desk) {
  return deploy_as_told(options, desk, "promote");
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
                       {"davit deploy storefront/17 production --limit web1",
                        "on one target alone; recorded, and told as a part"},
                       {"davit deploy storefront/17 production --dry-run",
                        "every script, upload and link, target by target, and nothing done"},
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
