// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/on_you.hpp"

namespace davit {

namespace {

struct WhyOptions {
  std::vector<std::string> what;
};

void declare(Options& o, WhyOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where to");
}

std::string headline(const Verdict& verdict) {
  const auto all = verdict.findings.size(), open = verdict.obstacles().size();
  if (open == 0) return "Yes.";
  for (const auto& finding : verdict.findings)
    if (finding.rule == Rule::finished && finding.detail == "live") return "It is live there.";
  return fmt::format("No{}. {} of {} rules hold.", verdict.waits() ? ", not yet" : "", all - open,
                     all);
}

void print_findings(Desk& desk, Office& office, const Case& seen, const Verdict& verdict) {
  const auto& style = desk.out.style;
  auto telling = davit::telling(seen);
  telling.you_may_approve = on_you(office, seen, verdict);
  if (const auto& trusted = office.registry().trusted(); trusted != "HEAD")
    telling.branch = trusted;
  desk.out.line("{}", headline(verdict));
  desk.out.write(findings_table(verdict.findings, telling, style).render(style));
  if (verdict.allowed())
    desk.out.line("davit deploy {} {}", text(seen.plan.release), seen.environment->name);
}

Result<ExitStatus> why(const WhyOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto subject,
            one_meant(*office, desk, options.what, {"why", waiting_ones, "nothing waits", false}));
  DAVIT_TRY(const auto seen, look_at(office->registry(), subject, desk.clock.now()));
  const auto verdict = seen.verdict();
  if (desk.settings.json)
    print(desk, record("why")
                    .set("release", text(seen.plan.release))
                    .set("environment", subject.environment)
                    .set("allowed", verdict.allowed())
                    .set("waits", !verdict.allowed() && verdict.waits())
                    .set("on_you", on_you(*office, seen, verdict))
                    .set("plan", digest(seen.plan).hex)
                    .set("rules_commit", seen.rules.commit)
                    .set("rules", to_json(verdict)));
  else
    print_findings(desk, *office, seen, verdict);
  if (verdict.allowed()) return ExitStatus::done;
  return verdict.waits() ? ExitStatus::waiting : ExitStatus::refused;
}

}  // namespace

Command why_command() {
  return {.name = "why",
          .group = CommandGroup::look,
          .summary = "why a release may or may not go to an environment",
          .about =
              "Every rule at once, where it is written, and what clears it. The same question "
              "that deploy, plan and run ask.",
          .examples = {{"davit why storefront/17 production", "each rule, and how it stands"}},
          .declare = from(declare, why)};
}

}  // namespace davit
