// SPDX-License-Identifier: MIT
#include "core/policy/rollback.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/when.hpp"
#include "core/deployment/deploy.hpp"
#include "core/deployment/standing.hpp"

namespace davit {

namespace {

struct RollbackOptions {
  std::vector<std::string> what;
  std::optional<std::string> reason;
  bool force = false, verbose = false;
};

void declare(Options& o, RollbackOptions& into) {
  o.positional("DEFINITION ENVIRONMENT", into.what, "where; the definition may be left out");
  o.value("--reason,-m TEXT", into.reason, "why, for the ledger");
  o.flag("--force", into.force, "past steps that say they can't be undone");
  o.flag("--verbose", into.verbose, "every line that the steps print");
}

// Environments in which something could be gone back from.
std::vector<Subject> left_ones(const Rules& rules, const State& state, const Meant&, Instant) {
  std::vector<Subject> out;
  for (const auto& [name, present] : state.environments)
    if (present.stays.size() > 1 || (present.live() && (present.current || present.last)))
      out.push_back({rules.definition.name, present.stays.front().release, name, std::nullopt});
  return out;
}

Result<Subject> where(Office& office, Desk& desk, const RollbackOptions& options) {
  DAVIT_TRY(const auto meant, sort_words(office, options.what));
  auto definition = meant.definition.value_or("");
  if (definition.empty() && office.registry().definitions().size() == 1)
    definition = office.registry().definitions().front();
  if (!definition.empty() && meant.environment && !meant.release)
    return Subject{definition, {}, *meant.environment, std::nullopt};
  return one_meant(office, desk, options.what, left_ones, "rollback");
}

void print_direction(Desk& desk, const Subject& at, const Rollback& back, Instant now) {
  desk.out.line("{} → {} in {} ({} was good there {})",
                back.from ? std::to_string(back.from->value) : "?", back.to.release.value,
                at.environment, back.to.release.value, when(back.to.since, now));
  for (const auto& step : back.irreversible)
    desk.out.line("  {} {} was run and can't be undone; {} may fail on what it left",
                  desk.out.style.waiting("⚠"), step, back.to.release.value);
}

// What an earlier runner left unfinished is given up first.
Outcome give_up_unfinished(Office& office, Desk& desk, const Subject& at, const State& state,
                           const Conduct& conduct) {
  const auto& current = state.environment(at.environment).current;
  if (!current) return Done{};
  const auto* release = state.release(current->release);
  const auto stands =
      standing(release ? release->attempt(at.environment) : nullptr, desk.clock.now());
  if (stands == Standing::running)
    return Error{
        fmt::format("{}/{} is being deployed to {}", at.definition, current->release.value,
                    at.environment),
        fmt::format("davit cancel {}/{} {}", at.definition, current->release.value, at.environment),
        {},
        Failure::busy};
  DAVIT_CHECK(cancel(office.registry(),
                     {at.definition, current->release, at.environment, std::nullopt}, "rolled back",
                     conduct));
  return Done{};
}

Result<ExitStatus> go_back(const RollbackOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto actor, office->actor());
  DAVIT_TRY(const auto at, where(*office, desk, options));
  DAVIT_TRY(const auto state, office->registry().ledger(at.definition).whole());
  DAVIT_TRY(const auto back, rollback(state, at.environment));
  if (!desk.settings.json) print_direction(desk, at, back, desk.clock.now());
  if (!back.irreversible.empty() && !options.force)
    return Error{"steps were run that can't be undone",
                 "--force goes back all the same",
                 {},
                 Failure::refused};
  if (desk.confirm("Roll back? [y/N]") != Answer::yes)
    return desk.somebody() ? Error{"nothing done", ""}
                           : Error{"nobody is here to ask", "say --yes", {}, Failure::misused};
  Conductor conductor(*office, desk, actor, {options.verbose, false});
  DAVIT_CHECK(give_up_unfinished(*office, desk, at, state, conductor.conduct()));
  const Subject subject{at.definition, back.to.release, at.environment,
                        Wanted{back.to.release, Cause::rollback, true, actor.email}};
  DAVIT_TRY(const auto status, conductor.deploy(subject));
  if (desk.settings.json)
    print(desk, record("rollback")
                    .set("definition", at.definition)
                    .set("environment", at.environment)
                    .set("to", text(ReleaseId{at.definition, back.to.release}))
                    .set("deployments", conductor.deployments()));
  return status;
}

}  // namespace

Command rollback_command() {
  return {.name = "rollback",
          .group = CommandGroup::attend,
          .summary = "go back to the release that was good before",
          .about =
              "By the ledger: the newest release that was good there before what is there now. "
              "It is deployed like any other, all steps.",
          .examples = {{"davit rollback production", "says from what to what, then asks"},
                       {"davit rollback storefront production --yes --force", "in an emergency"}},
          .declare = from(declare, go_back)};
}

}  // namespace davit
