// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "definitions/reading.hpp"
#include "definitions/shaped.hpp"

namespace davit {

namespace {

using DeployOn = Environment::DeployOn;
using Queue = Environment::Queue;
using OnFailure = Environment::OnFailure;

std::vector<Need> read_needs(const Node& table, const std::string& name, Scope& scope) {
  std::vector<Need> needs;
  for (const Node& item : items_at(table, "needs")) {
    const auto known = std::find(scope.environments.begin(), scope.environments.end(), item.text);
    if (item.text == name)
      scope.notes.add(item.span, fmt::format("{} needs itself", name),
                      "name the environments a release comes from");
    else if (known == scope.environments.end())
      note_unknown(item, "environment", scope.environments, scope.notes);
    else
      needs.push_back({item.text, scope.notes.place(item.span)});
  }
  return needs;
}

// Keys that contradict each other, or wait for something that never comes.
void check(const Environment& environment, const Node& table, Notes& notes) {
  const auto note = [&](std::string_view key, std::string message, std::string hint) {
    const Member* member = member_at(table, key);
    if (member != nullptr) notes.add(member->span, std::move(message), std::move(hint));
  };
  const bool alone = table.find("needs") == nullptr || items_at(table, "needs").empty();
  if (alone && environment.deploy_on == DeployOn::success)
    note("deploy_on", fmt::format("{} waits for a success, but needs nothing", environment.name),
         "say which environments with needs = [\"…\"]");
  if (alone)
    note("soak", fmt::format("{} has nothing to soak", environment.name),
         "say which environments must have been good with needs = [\"…\"]");
  if (alone)
    note("partial", fmt::format("{} needs nothing that could succeed partially", environment.name),
         "say which environments with needs = [\"…\"], or leave 'partial' out");
  if (environment.deploy_on == DeployOn::schedule && table.find("schedule") == nullptr)
    note("deploy_on", fmt::format("{} has no schedule", environment.name),
         "write schedule = { cron = \"0 3 * * 1-5\", zone = \"Europe/Berlin\" }");
  if (environment.deploy_on != DeployOn::schedule)
    note("schedule", fmt::format("{} is not deployed to by schedule", environment.name),
         "write deploy_on = \"schedule\"");
  if (environment.targets.empty() && environment.phases.size() < 2 &&
      std::all_of(environment.phases.begin(), environment.phases.end(),
                  [](const Phase& phase) { return phase.targets.empty(); }))
    note("rollout", fmt::format("{} has no targets to roll out to", environment.name),
         "name them with targets = \"…\"");
}

void read_moment(const Node& table, Environment& environment, Scope& scope) {
  environment.deploy_on =
      word_at(table, "deploy_on", environment.needs.empty() ? DeployOn::manual : DeployOn::success,
              {DeployOn::release, DeployOn::success, DeployOn::schedule, DeployOn::manual});
  environment.soak = duration_at(table, "soak");
  if (const Node* schedule = table.find("schedule"))
    environment.schedule = read_schedule(*schedule, scope);
  environment.queue = word_at(table, "queue", environment.queue, {Queue::latest, Queue::all});
  environment.on_failure =
      word_at(table, "on_failure", environment.on_failure, {OnFailure::stop, OnFailure::rollback});
}

}  // namespace

Schedule read_schedule(const Node& table, Scope& scope) {
  return {.cron = text_at(table, "cron"),
          .zone = text_at(table, "zone"),
          .only_if_changed = flag_at(table, "only_if_changed", false),
          .place = scope.notes.place(table.span)};
}

Environment read_environment(const Member& member, Scope& scope) {
  const Node& table = member.value;
  Environment environment{.name = member.key};
  environment.place = scope.notes.place(member.span);
  environment.key_places.reserve(table.members.size());
  for (const Member& key : table.members)
    environment.key_places.emplace_back(key.key, scope.notes.place(key.span));
  environment.needs = read_needs(table, member.key, scope);
  environment.partial = flag_at(table, "partial", false);
  environment.untrusted = flag_at(table, "untrusted", false);
  read_moment(table, environment, scope);
  environment.targets = read_selection(table, scope);
  environment.variables = read_variables(table, "variables", scope);
  environment.phases = read_phases(table, scope);
  environment.rollout = read_rollout(table, scope);
  environment.before = read_checks(table, "before", scope);
  environment.after = read_checks(table, "after", scope);
  environment.permissions = read_permissions(table, scope.notes);
  if (scope.whole) check(environment, table, scope.notes);
  return environment;
}

}  // namespace davit
