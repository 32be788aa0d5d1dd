// SPDX-License-Identifier: MIT
// What the language can say and this davit can't do yet. Each line here goes away with the issue
// that builds it.
#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "core/fleet/windows.hpp"
#include "core/plan/plan.hpp"

namespace davit {

namespace {

using List = std::vector<Unsupported>;

void checks(const std::vector<Check>& all, List& out) {
  for (const auto& check : all) {
    if (std::holds_alternative<GatesCheck>(check.rule)) out.push_back({"gates", check.place});
    if (std::holds_alternative<Window>(check.rule)) out.push_back({"windows", check.place});
    if (std::holds_alternative<WaitCheck>(check.rule)) out.push_back({"waits", check.place});
  }
}

void steps(const std::vector<Step>& all, List& out) {
  for (const auto& step : all)
    if (std::holds_alternative<TaskAction>(step.action)) out.push_back({"task steps", step.place});
}

void environment_rules(const Environment& environment, List& out) {
  if (environment.soak) out.push_back({"soak", environment.key_place("soak")});
  if (environment.deploy_on == Environment::DeployOn::schedule)
    out.push_back({"scheduled deployments", environment.key_place("deploy_on")});
  for (const auto& permission : environment.permissions)
    out.push_back({"permissions", permission.place});
  checks(environment.before, out);
  checks(environment.after, out);
}

void phases(const Environment& environment, List& out) {
  for (const auto& phase : environment.phases) {
    steps(phase.steps, out);
  }
}

bool freezes(const Freeze& freeze, const std::string& environment) {
  return freeze.environments.empty() ||
         std::find(freeze.environments.begin(), freeze.environments.end(), environment) !=
             freeze.environments.end();
}

Place ledger_place(const LedgerSettings& ledger, const std::string& key) {
  for (const auto& [name, place] : ledger.key_places)
    if (name == key) return place;
  return ledger.place;
}

void team_rules(const Team& team, const std::string& environment, List& out) {
  if (team.ledger.remote) out.push_back({"sharing", ledger_place(team.ledger, "remote")});
  if (team.ledger.signing != LedgerSettings::Signing::off)
    out.push_back({"signing", ledger_place(team.ledger, "signing")});
  if (team.ledger.log_tail)
    out.push_back({"logs in the ledger", ledger_place(team.ledger, "logs")});
  for (const auto& permission : team.permissions) out.push_back({"permissions", permission.place});
  for (const auto& freeze : team.freezes)
    if (freezes(freeze, environment)) out.push_back({"freezes", freeze.place});
  for (const auto& notification : team.notifications)
    out.push_back({"notifications", notification.place});
}

}  // namespace

std::vector<Unsupported> unsupported(const Definition& definition, const Team& team,
                                     const Environment& environment) {
  List out;
  environment_rules(environment, out);
  phases(environment, out);
  for (const auto& permission : definition.permissions)
    out.push_back({"permissions", permission.place});
  team_rules(team, environment.name, out);
  return out;
}

std::vector<Unsupported> unsupported_there(const Step& step, const std::vector<Host>& hosts) {
  using Shell = Step::Shell;
  const auto is_windows = [](const Host& host) { return is_of_windows(host.shell); };
  const bool runs = std::holds_alternative<RunAction>(step.action);
  List out;
  if (runs && is_of_windows(step.shell) && !std::all_of(hosts.begin(), hosts.end(), is_windows))
    out.push_back(
        {fmt::format("{} steps on other than Windows targets", text(step.shell)), step.place});
  if (std::none_of(hosts.begin(), hosts.end(), is_windows)) return out;
  if (runs && (step.shell == Shell::bash || step.shell == Shell::python3))
    out.push_back({fmt::format("{} steps on Windows targets", text(step.shell)), step.place});
  if (std::holds_alternative<LinkAction>(step.action))
    out.push_back({"links on Windows targets", step.place});
  return out;
}

}  // namespace davit
