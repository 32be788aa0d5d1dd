// SPDX-License-Identifier: MIT
// redeploy and retry: another attempt of what was in an environment before.
#include <fmt/format.h>

#include <algorithm>

#include "cli/by_hand.hpp"
#include "cli/commands.hpp"
#include "cli/meant.hpp"
#include "cli/narrowing_options.hpp"
#include "cli/ssh_options.hpp"

namespace davit {

namespace {

struct RedeployOptions {
  std::vector<std::string> what;
  std::optional<std::string> reason;
  Narrowing narrowing;
  SshOptions ssh;
  bool verbose = false;
};

void declare(Options& o, RedeployOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where");
  o.value("--reason,-m TEXT", into.reason, "why, for the ledger");
  declare(o, into.narrowing);
  declare(o, into.ssh);
  o.flag("--verbose", into.verbose, "every line that the steps print, unfolded, as it comes");
}

// The newest attempt that came to an end; null where there was none.
const Attempt* newest_closed(const Case& seen) {
  const auto found = seen.release->attempts.find(seen.environment->name);
  if (found == seen.release->attempts.end()) return nullptr;
  const auto& all = found->second;
  const auto newest =
      std::find_if(all.rbegin(), all.rend(), [](const Attempt& one) { return one.closed(); });
  return newest == all.rend() ? nullptr : &*newest;
}

Error not_again(const Case& seen, const char* what, const char* command, const char* does) {
  return {fmt::format("{} {} {}", text(seen.plan.release), what, seen.environment->name),
          fmt::format("davit {} {} {} {}", command, text(seen.plan.release), seen.environment->name,
                      does),
          {},
          Failure::refused};
}

// What was never tried is deployed; what went well is redeployed.
Outcome may_try_again(const Case& seen, bool only_failed) {
  if (!seen.release->attempt(seen.environment->name))
    return not_again(seen, "was never deployed to", "deploy", "does");
  if (!only_failed) return Done{};
  const auto* last = newest_closed(seen);
  if (last && !last->went_well()) return Done{};
  return not_again(seen, "has not failed in", "redeploy", "deploys it once more");
}

Result<ExitStatus> again(const RedeployOptions& options, Desk& desk, const Guess& guess,
                         bool only_failed) {
  DAVIT_TRY(auto ssh, said(options.ssh, desk));
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto actor, office->actor());
  auto full = guess;
  full.command += as_typed(options.narrowing);
  DAVIT_TRY(auto subject, one_meant(*office, desk, options.what, full));
  subject.wanted = Wanted{subject.release, Cause::redeploy, false, actor.email, options.narrowing};
  DAVIT_TRY(const auto seen, look_at(office->registry(), subject, desk.clock.now()));
  DAVIT_CHECK(may_try_again(seen, only_failed));
  return bring(*office, desk, actor,
               {guess.command,
                subject,
                options.reason.value_or(""),
                {options.verbose, false, std::move(ssh)}});
}

Result<ExitStatus> redeploy(const RedeployOptions& options, Desk& desk) {
  return again(options, desk, {"redeploy", ended_ones, "nothing was deployed yet"}, false);
}

Result<ExitStatus> retry(const RedeployOptions& options, Desk& desk) {
  return again(options, desk, {"retry", failed_ones, "nothing has failed"}, true);
}

}  // namespace

Command redeploy_command() {
  return {.name = "redeploy",
          .group = CommandGroup::attend,
          .summary = "deploy once more what was in an environment before",
          .about = "A new attempt: it needs its approvals anew.",
          .examples = {{"davit redeploy storefront/17 staging", "the same plan, all steps"},
                       {"davit redeploy storefront/17 staging --exclude web1",
                        "where it is not yet, say"}},
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
