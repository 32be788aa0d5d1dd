// SPDX-License-Identifier: MIT
#include "definitions/circles.hpp"
#include "definitions/project_rules.hpp"

namespace davit {

namespace {

// By position: whom each environment needs.
std::vector<std::vector<std::size_t>> needs_of(const std::vector<Environment>& environments) {
  std::unordered_map<std::string_view, std::size_t> position;
  for (std::size_t i = 0; i < environments.size(); ++i) position.emplace(environments[i].name, i);
  std::vector<std::vector<std::size_t>> needs(environments.size());
  for (std::size_t i = 0; i < environments.size(); ++i)
    for (const auto& need : environments[i].needs)
      if (const auto found = position.find(need.environment); found != position.end())
        needs[i].push_back(found->second);
  return needs;
}

Place place_of_need(const Environment& environment, const std::string& needed) {
  for (const auto& need : environment.needs)
    if (need.environment == needed) return need.place;
  return environment.place;
}

}  // namespace

void check_needs(const Definition& definition, Findings& findings) {
  const auto& environments = definition.environments;
  for (const auto& circle : circles(needs_of(environments))) {
    std::vector<std::string> names;
    for (const auto at : circle) names.push_back(environments[at].name);
    const auto& second = names[1 % names.size()];
    findings.add(place_of_need(environments[circle.front()], second), second,
                 "needs form a circle: " + told(names, "needs"), "take one of them away");
  }
}

}  // namespace davit
