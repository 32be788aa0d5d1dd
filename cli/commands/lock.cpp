// SPDX-License-Identifier: MIT
// lock and unlock: nothing is deployed to an environment until somebody lets it.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/overview.hpp"
#include "cli/telling.hpp"
#include "cli/terminal_text.hpp"
#include "core/deployment/appending.hpp"

namespace davit {

namespace {

struct LockOptions {
  std::vector<std::string> what;
  std::optional<std::string> reason;
  std::optional<Duration> lasting;
};

void declare_lock(Options& o, LockOptions& into) {
  o.positional("DEFINITION ENVIRONMENT", into.what, "what; the definition may be left out");
  o.value("--reason,-m TEXT", into.reason, "why, for whoever is stopped by it");
  o.value("--for TIME", into.lasting, "unlocks by itself after so long: 90m, 2h, 7d");
}

void declare_unlock(Options& o, LockOptions& into) {
  o.positional("DEFINITION ENVIRONMENT", into.what, "what; the definition may be left out");
  o.value("--reason,-m TEXT", into.reason, "why, for the ledger");
}

// The definition and environment; both must be known.
Result<std::pair<Rules, std::string>> place(Office& office, const LockOptions& options) {
  DAVIT_TRY(const auto meant, sort_words(office, options.what));
  std::string definition = meant.definition.value_or("");
  if (definition.empty()) {
    DAVIT_TRY(definition, office.registry().only_definition());
  }
  DAVIT_TRY(auto rules, office.registry().rules(definition));
  const auto name = meant.environment.value_or("");
  if (rules.definition.environment(name)) return std::pair{std::move(rules), name};
  if (!name.empty()) return no_environment(rules.definition, name);
  std::string known;
  for (const auto& environment : rules.definition.environments)
    known += (known.empty() ? "" : ", ") + environment.name;
  return Error{"which environment?", "there are: " + known, {}, Failure::misused};
}

Outcome append(Office& office, Desk& desk, const Rules& rules, const Request& request) {
  DAVIT_TRY(const auto actor, office.actor());
  DeskTeller teller(desk, false);
  DAVIT_CHECK(append_request(office.registry(), rules, {actor, desk.clock, teller, {}, false},
                             request, {}));
  return Done{};
}

Result<ExitStatus> lock(const LockOptions& options, Desk& desk) {
  if (options.reason.value_or("").empty())
    return Error{"a lock needs a reason", "--reason \"incident 4711\"", {}, Failure::misused};
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto at, place(*office, options));
  LockEnvironment request{at.second, *options.reason, std::nullopt};
  if (options.lasting) request.until = desk.clock.now() + *options.lasting;
  DAVIT_CHECK(append(*office, desk, at.first, request));
  if (desk.settings.json)
    print(desk,
          record("lock").set("definition", at.first.definition.name).set("environment", at.second));
  else
    desk.out.line("locked {} of {}: {}", at.second, at.first.definition.name,
                  terminal_line(*options.reason));
  return ExitStatus::done;
}

// What may go once the lock is gone, so that nobody is surprised.
Outcome say_consequences(Office& office, Desk& desk, const Rules& rules,
                         const std::string& environment) {
  DAVIT_TRY(const auto overview, look_over(office, {rules.definition.name}, desk.clock.now()));
  for (const auto& one : overview.definitions.front().places)
    for (const auto& waiting : one.waiting)
      if (one.environment == environment && waiting.obstacles.size() == 1 &&
          waiting.obstacles.front().rule == Rule::lock)
        desk.say("the next davit run deploys {}/{} there", rules.definition.name,
                 waiting.release.value);
  return Done{};
}

Result<ExitStatus> unlock(const LockOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto at, place(*office, options));
  DAVIT_CHECK(say_consequences(*office, desk, at.first, at.second));
  DAVIT_CHECK(desk.agreed("Unlock? [y/N]",
                          fmt::format("davit unlock {} {}", at.first.definition.name, at.second)));
  DAVIT_CHECK(
      append(*office, desk, at.first, UnlockEnvironment{at.second, options.reason.value_or("")}));
  if (desk.settings.json)
    print(
        desk,
        record("unlock").set("definition", at.first.definition.name).set("environment", at.second));
  else
    desk.out.line("unlocked {} of {}", at.second, at.first.definition.name);
  return ExitStatus::done;
}

}  // namespace

Command lock_command() {
  return {.name = "lock",
          .group = CommandGroup::attend,
          .summary = "let nothing be deployed to an environment",
          .examples = {{"davit lock production -m \"incident 4711\" --for 2h",
                        "until then, or until davit unlock"}},
          .declare = from(declare_lock, lock)};
}

Command unlock_command() {
  return {.name = "unlock",
          .group = CommandGroup::attend,
          .summary = "let an environment be deployed to again",
          .examples = {{"davit unlock production", "says what would start, then asks"}},
          .declare = from(declare_unlock, unlock)};
}

}  // namespace davit
