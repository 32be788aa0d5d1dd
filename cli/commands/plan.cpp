// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/changes_words.hpp"
#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/narrowing_options.hpp"
#include "cli/plan_words.hpp"
#include "core/files/files.hpp"

namespace davit {

namespace {

struct PlanOptions {
  std::vector<std::string> what;
  std::optional<std::string> output;
  Narrowing narrowing;
};

void declare(Options& o, PlanOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where to");
  declare(o, into.narrowing);
  o.value("--output,-o FILE", into.output, "write it there, for davit deploy --plan FILE");
}

Result<ExitStatus> show_plan(const PlanOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(auto subject, one_meant(*office, desk, options.what,
                                    {"plan", deployable_ones,
                                     "there is no release that is not there already", false}));
  DAVIT_TRY(auto seen, look_at(office->registry(), subject, desk.clock.now()));
  if (!options.narrowing.empty()) {
    subject.wanted = seen.wanted;
    subject.wanted->narrowing = options.narrowing;
    DAVIT_TRY(seen, look_at(office->registry(), subject, desk.clock.now()));
  }
  const auto verdict = seen.verdict();
  if (options.output)
    DAVIT_CHECK(write_file(desk.path(*options.output), to_json(seen.plan).pretty() + "\n"));
  DAVIT_TRY(const auto changed, changes(office->registry(), seen));
  if (desk.settings.json) {
    print(desk, record("plan")
                    .set("plan", to_json(seen.plan))
                    .set("changes", to_json(changed))
                    .set("allowed", verdict.allowed())
                    .set("rules", to_json(verdict)));
  } else {
    desk.out.write(changes_text(changed, Detail::brief, desk.out.style));
    desk.out.write(plan_text(seen.plan, desk.out.style));
    if (!verdict.allowed()) say_obstacles(desk, seen, verdict);
  }
  return seen.plan.unsupported.empty() ? ExitStatus::done : ExitStatus::refused;
}

}  // namespace

Command plan_command() {
  return {.name = "plan",
          .group = CommandGroup::promote,
          .summary = "work a deployment out to the last step and run nothing",
          .about = "Exactly what deploy would run: its digest is what approvals are bound to.",
          .examples = {{"davit plan storefront/17 production", "steps, values, what changes"},
                       {"davit plan storefront/17 production -o plan.json",
                        "kept for davit deploy --plan plan.json"}},
          .declare = from(declare, show_plan)};
}

}  // namespace davit
