// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "definitions/circles.hpp"
#include "definitions/project_rules.hpp"

namespace davit {

namespace {

using DeployOn = Environment::DeployOn;

Names environments_of(const Definition& definition, const Findings& findings) {
  Names names("environment", "");
  if (findings.flawed(definition.place.file)) names.may_be_incomplete();
  for (const auto& one : definition.environments) names.add(one.name, one.place);
  return names;
}

void check_circles(const Definition& definition, Findings& findings) {
  const auto& environments = definition.environments;
  std::unordered_map<std::string_view, std::size_t> position;
  for (std::size_t i = 0; i < environments.size(); ++i) position.emplace(environments[i].name, i);
  std::vector<std::vector<std::size_t>> needs(environments.size());
  for (std::size_t i = 0; i < environments.size(); ++i)
    for (const auto& need : environments[i].needs)
      if (const auto found = position.find(need.environment); found != position.end())
        needs[i].push_back(found->second);
  for (const auto& circle : circles(needs)) {
    std::vector<std::string> names;
    for (const auto at : circle) names.push_back(environments[at].name);
    const auto& next = names[1 % names.size()];
    for (const auto& need : environments[circle.front()].needs) {
      if (need.environment != next) continue;
      findings.add(need.place, next,
                   names.size() == 1 ? fmt::format("environment '{}' needs itself", next)
                                     : "needs form a circle: " + told(names, "needs"),
                   names.size() == 1 ? "take it out of its own needs" : "take one of them away");
      break;
    }
  }
}

// Nothing would ever set it off.
void check_deploy_on(const Environment& one, Findings& findings) {
  const auto place = one.key_place("deploy_on");
  if (one.deploy_on == DeployOn::success && one.needs.empty())
    findings.add_consequence(
        place, "success",
        fmt::format("environment '{}' never deploys: \"success\" without needs", one.name),
        "name the environments in needs, or write deploy_on = \"release\"");
  if (one.deploy_on == DeployOn::schedule && !one.schedule)
    findings.add_consequence(
        place, "schedule",
        fmt::format("environment '{}' never deploys: no schedule is given", one.name),
        "add schedule = { cron = \"0 3 * * 1-5\", zone = \"Europe/Berlin\" }");
  if (one.deploy_on != DeployOn::schedule && one.schedule)
    findings.add_consequence(
        one.schedule->place, "",
        fmt::format("the schedule of environment '{}' is not used: deploy_on is \"{}\"", one.name,
                    text(one.deploy_on)),
        "write deploy_on = \"schedule\"");
}

// Keys that say something about needs where there are none.
void check_lonely(const Environment& one, Findings& findings) {
  if (!one.needs.empty()) return;
  if (one.soak)
    findings.add_consequence(
        one.key_place("soak"), "soak",
        fmt::format("soak has nothing to wait for: '{}' needs no environment", one.name),
        "name the environments in needs, or leave soak out");
  if (one.partial)
    findings.add_consequence(
        one.key_place("partial"), "partial",
        fmt::format("partial has no meaning: '{}' needs no environment", one.name),
        "name the environments in needs, or leave partial out");
}

}  // namespace

void check_needs(const Definition& definition, Findings& findings) {
  const auto names = environments_of(definition, findings);
  for (const auto& one : definition.environments) {
    for (const auto& need : one.needs) names.require(need.environment, need.place, findings);
    check_deploy_on(one, findings);
    check_lonely(one, findings);
  }
  check_circles(definition, findings);
}

}  // namespace davit
