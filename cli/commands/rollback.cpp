// SPDX-License-Identifier: MIT
#include "core/policy/rollback.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/narrowing_options.hpp"
#include "cli/ssh_options.hpp"
#include "cli/terminal_text.hpp"
#include "cli/when.hpp"
#include "core/deployment/going_back.hpp"
#include "core/deployment/standing.hpp"

namespace davit {

namespace {

struct RollbackOptions {
  std::vector<std::string> what;
  std::optional<std::string> reason;
  Narrowing narrowing;
  SshOptions ssh;
  bool force = false, verbose = false;
};

void declare(Options& o, RollbackOptions& into) {
  o.positional("DEFINITION ENVIRONMENT", into.what, "where; the definition may be left out");
  o.value("--reason,-m TEXT", into.reason, "why, for the ledger");
  o.flag("--force", into.force, "past steps that say they can't be undone");
  declare(o, into.narrowing);
  declare(o, into.ssh);
  o.flag("--verbose", into.verbose, "every line that the steps print, unfolded, as it comes");
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
  if (meant.release)
    return Error{
        "a rollback finds its release itself",
        fmt::format("davit rollback {0} {1}, or davit deploy {0}/{2} {1}", *meant.definition,
                    meant.environment.value_or("ENVIRONMENT"), meant.release->value),
        {},
        Failure::misused};
  auto definition = meant.definition.value_or("");
  if (definition.empty() && office.registry().definitions().size() == 1)
    definition = office.registry().definitions().front();
  if (definition.empty() || !meant.environment)
    return one_meant(office, desk, options.what,
                     {"rollback", left_ones, "there is nothing to go back from", false, false});
  Subject at{definition, {}, *meant.environment, std::nullopt};
  DAVIT_CHECK(check_environment(office, at));
  return at;
}

void print_direction(Desk& desk, const Subject& at, const Rollback& back, const Wanted& wanted,
                     Instant now) {
  desk.out.line("{} → {} in {} ({} was good there {})",
                back.from ? std::to_string(back.from->value) : "?", back.to.release.value,
                at.environment, back.to.release.value, when(back.to.since, now));
  if (wanted.only && !wanted.only->empty())
    desk.out.line("  on {} alone; no other target was touched",
                  terminal_line(fmt::format("{}", fmt::join(*wanted.only, ", "))));
  for (const auto& step : back.irreversible)
    desk.out.line("  {} {} was run and can't be undone; {} may fail on what it left",
                  desk.out.style.waiting("⚠"), step, back.to.release.value);
}

std::string command_line(const RollbackOptions& options, const Subject& at, bool force) {
  return fmt::format("davit rollback {} {}{}{}", at.definition, at.environment,
                     as_typed(options.narrowing), force ? " --force" : "");
}

// What runs there is canceled before anything goes back.
Outcome nothing_runs(const RollbackOptions& options, const Subject& at, const State& state,
                     Instant now) {
  const auto& current = state.environment(at.environment).current;
  const auto* release = current ? state.release(current->release) : nullptr;
  if (!release || standing(release->attempt(at.environment), now) != Standing::running)
    return Done{};
  const auto id = text(ReleaseId{at.definition, current->release});
  return Error{fmt::format("{} is being deployed to {}", id, at.environment),
               fmt::format("davit cancel {} {}, then {}", id, at.environment,
                           command_line(options, at, options.force)),
               {},
               Failure::busy};
}

// The way back; without one, how to end what stands unfinished.
Result<Rollback> way_back(const Subject& at, const State& state) {
  auto back = rollback(state, at.environment);
  const auto& current = state.environment(at.environment).current;
  if (back || !current) return back;
  Error error = back.error();
  error.hint = fmt::format("davit cancel {}/{} {} gives up what is unfinished", at.definition,
                           current->release.value, at.environment);
  return error;
}

// What an earlier runner left unfinished is given up first.
Outcome give_up_unfinished(Office& office, const Subject& at, const State& state,
                           const Conduct& conduct) {
  const auto& current = state.environment(at.environment).current;
  if (!current) return Done{};
  DAVIT_CHECK(cancel(office.registry(),
                     {at.definition, current->release, at.environment, std::nullopt}, "rolled back",
                     conduct));
  return Done{};
}

// Whether to go back, when that is possible: shown first, then asked.
Outcome shown_the_way(Desk& desk, const RollbackOptions& options, const Subject& at,
                      const Rollback& back, const Wanted& wanted) {
  if (!desk.settings.json) print_direction(desk, at, back, wanted, desk.clock.now());
  if (!back.irreversible.empty() && !options.force)
    return Error{"steps were run that can't be undone",
                 command_line(options, at, true) + " goes back all the same",
                 {},
                 Failure::refused};
  return desk.agreed("Roll back? [y/N]", command_line(options, at, options.force));
}

Result<ExitStatus> go_back(const RollbackOptions& options, Desk& desk) {
  DAVIT_TRY(auto ssh, said(options.ssh, desk));
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto actor, office->actor());
  DAVIT_TRY(const auto at, where(*office, desk, options));
  DAVIT_TRY(const auto state, office->registry().ledger(at.definition).whole());
  DAVIT_CHECK(nothing_runs(options, at, state, desk.clock.now()));
  DAVIT_TRY(const auto back, way_back(at, state));
  auto wanted = wanted_back(office->registry(), state, at.environment, back, actor.email);
  // Who names targets means those, touched or not.
  if (!options.narrowing.empty()) wanted.only.reset();
  wanted.narrowing = options.narrowing;
  wanted.because = options.reason.value_or("");
  const Subject subject{at.definition, back.to.release, at.environment, wanted};
  DAVIT_CHECK(look_at(office->registry(), subject, desk.clock.now()));
  DAVIT_CHECK(shown_the_way(desk, options, at, back, wanted));
  Conductor conductor(*office, desk, actor, {options.verbose, false, std::move(ssh)});
  DAVIT_CHECK(give_up_unfinished(*office, at, state, conductor.conduct()));
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
              "It is deployed like any other, all steps. Where what is gone back from was never "
              "live, that is done on the targets it touched and on no other, in reverse order.",
          .examples = {{"davit rollback production", "says from what to what, then asks"},
                       {"davit rollback storefront production --yes --force", "in an emergency"}},
          .declare = from(declare, go_back)};
}

}  // namespace davit
