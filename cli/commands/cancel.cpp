// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"

namespace davit {

namespace {

struct CancelOptions {
  std::vector<std::string> what;
  std::optional<std::string> reason;
};

void declare(Options& o, CancelOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where");
  o.value("--reason,-m TEXT", into.reason, "why, for the ledger");
}

// What runs, stands still or was asked for.
std::vector<Subject> cancelable(const Rules& rules, const State& state, const Meant& meant,
                                Instant now) {
  auto out = unfinished_ones(rules, state, meant, now);
  for (const auto& [name, present] : state.environments)
    for (const auto& id : present.requested)
      out.push_back({rules.definition.name, id.release, name, std::nullopt});
  return out;
}

Result<ExitStatus> cancel_it(const CancelOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto actor, office->actor());
  DAVIT_TRY(const auto subject,
            one_meant(*office, desk, options.what,
                      {"cancel", cancelable, "nothing runs, stands still or was asked for"}));
  DeskTeller teller(desk, false);
  DAVIT_TRY(const bool canceled, cancel(office->registry(), subject, options.reason.value_or(""),
                                        {actor, desk.clock, teller, {}, false}));
  const auto id = text(ReleaseId{subject.definition, subject.release});
  if (desk.settings.json)
    print(desk, record("cancel")
                    .set("release", id)
                    .set("environment", subject.environment)
                    .set("canceled", canceled));
  else if (canceled)
    desk.out.line("canceled {} for {}", id, subject.environment);
  else
    desk.out.line("asked the runner of {} for {} to stop; davit status {} shows when it has", id,
                  subject.environment, subject.definition);
  return ExitStatus::done;
}

}  // namespace

Command cancel_command() {
  return {.name = "cancel",
          .group = CommandGroup::attend,
          .summary = "stop a deployment, or give up one that was asked for",
          .examples = {{"davit cancel storefront/18 production -m \"wrong release\"",
                        "its steps are ended; what ran is recorded"}},
          .declare = from(declare, cancel_it)};
}

}  // namespace davit
