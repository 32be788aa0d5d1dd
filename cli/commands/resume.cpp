// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/ssh_options.hpp"
#include "cli/unfinished.hpp"

namespace davit {

namespace {

struct ResumeOptions {
  std::vector<std::string> what;
  std::optional<std::string> comment;
  SshOptions ssh;
  bool verbose = false;
};

void declare(Options& o, ResumeOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where");
  o.value("--comment,-m TEXT", into.comment, "what was done at the manual step, say");
  declare(o, into.ssh);
  o.flag("--verbose", into.verbose, "every line that the steps print, unfolded, as it comes");
}

// Steps that nobody can tell about run again only with a yes.
Result<bool> may_run_uncertain(Desk& desk, const std::vector<StepProgress>& steps,
                               const Plan& plan) {
  std::string names;
  for (const auto& step : steps) {
    if (!unsure(step)) continue;
    const auto& planned = plan.steps.at(static_cast<std::size_t>(step.index)).step;
    if (!planned.idempotent) names += (names.empty() ? "" : ", ") + planned.name;
  }
  if (names.empty()) return false;
  switch (desk.confirm(
      fmt::format("Nobody knows whether {} ran to its end. Run it again? [y/N]", names))) {
    case Consent::yes:
      return true;
    case Consent::no:
      return Error{
          fmt::format("it is uncertain whether {} ran to its end", names),
          "look at the target; then resume and say yes, or davit cancel, or davit rollback"};
    case Consent::nobody:
      return false;
  }
  return false;
}

// That this release, and no other, is what stands unfinished there.
Outcome is_unfinished(const Case& seen) {
  const auto& current = seen.state.environment(seen.environment->name).current;
  if (current && current->release == seen.release->number) return Done{};
  const auto definition = seen.rules.definition.name;
  return Error{fmt::format("{} has no unfinished deployment in {}", text(seen.plan.release),
                           seen.environment->name),
               current ? fmt::format("davit resume {}/{} {}", definition, current->release.value,
                                     seen.environment->name)
                       : "davit status " + definition,
               {},
               Failure::refused};
}

Result<ExitStatus> resume_it(const ResumeOptions& options, Desk& desk) {
  DAVIT_TRY(auto ssh, said(options.ssh, desk));
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(auto actor, office->actor());
  // In an environment at most one deployment is unfinished: who names it has named the deployment.
  DAVIT_TRY(const auto named, sort_words(*office, options.what));
  DAVIT_TRY(const auto subject, one_meant(*office, desk, options.what,
                                          {.command = "resume",
                                           .choices = unfinished_ones,
                                           .none = "nothing is unfinished",
                                           .asks = !named.environment}));
  DAVIT_TRY(const auto seen, look_at(office->registry(), subject, desk.clock.now()));
  DAVIT_CHECK(is_unfinished(seen));
  DAVIT_TRY(const auto steps, progress_of(*office, seen));
  print_progress(desk, seen, steps);
  DAVIT_TRY(const bool again, may_run_uncertain(desk, steps, seen.plan));
  Conductor conductor(*office, desk, std::move(actor), {options.verbose, again, std::move(ssh)});
  DAVIT_TRY(const auto status, conductor.resume(subject.definition, subject.environment,
                                                options.comment.value_or("")));
  if (desk.settings.json) print(desk, record("resume").set("deployments", conductor.deployments()));
  return status;
}

}  // namespace

Command resume_command() {
  return {.name = "resume",
          .group = CommandGroup::attend,
          .summary = "go on with a deployment that stopped before its end",
          .about =
              "Runs only what is not proven done, on the targets that it was started for. Also "
              "how a manual step is answered.",
          .examples = {{"davit resume storefront/18 production", "what is left of it"},
                       {"davit resume production -m \"cable swapped\"", "past a manual step"}},
          .declare = from(declare, resume_it)};
}

}  // namespace davit
