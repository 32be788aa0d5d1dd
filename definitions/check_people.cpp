// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "definitions/ascii.hpp"
#include "definitions/project_rules.hpp"

namespace davit {

namespace {

// Who of a list can say yes, as far as that can be counted.
struct Voters {
  std::unordered_set<std::string> people;
  bool countless = false;  // a pattern: anybody may turn up
  bool unknown = false;    // a group that is not defined, which is a mistake of its own
};

bool is_pattern(const std::string& person) {
  return person.find_first_of("*?[") != std::string::npos;
}

void add_person(const std::string& person, Voters& voters) {
  voters.countless = voters.countless || is_pattern(person);
  voters.people.insert(ascii::lowered(person));
}

Voters voters_among(const Directory& directory, const Principals& principals) {
  Voters voters;
  for (const auto& one : principals) {
    if (!one.is_group()) {
      add_person(one.text, voters);
      continue;
    }
    const auto found = directory.group_by_name.find(one.group());
    voters.unknown = voters.unknown || found == directory.group_by_name.end();
    if (found == directory.group_by_name.end()) continue;
    for (const auto& member : found->second->members) add_person(member.text, voters);
  }
  return voters;
}

void check_principals(const Directory& directory, const Principals& principals,
                      Findings& findings) {
  for (const auto& one : principals)
    if (one.is_group()) directory.groups.require(one.group(), one.place, findings, "group:");
}

void check_approval(const Directory& directory, const Approval& approval, const Place& place,
                    Findings& findings) {
  check_principals(directory, approval.from, findings);
  const auto voters = voters_among(directory, approval.from);
  const auto count = static_cast<std::size_t>(std::max(approval.count, 1));
  if (voters.unknown || voters.countless || voters.people.size() >= count) return;
  if (voters.people.empty())
    findings.add_consequence(place, "approval", "nobody can give this approval",
                             approval.from.empty()
                                 ? "name people or groups in from"
                                 : fmt::format("{} has no members", approval.from[0].text));
  else
    findings.add_consequence(
        place, "approval",
        fmt::format("{} approvals are asked for, but only {} can give them", count,
                    voters.people.size() == 1 ? "one person"
                                              : fmt::format("{} people", voters.people.size())),
        fmt::format("name more people in from, or write count = {}", voters.people.size()));
}

void check_permissions(const Directory& directory, const std::vector<Permission>& permissions,
                       Findings& findings) {
  for (const auto& one : permissions) {
    check_principals(directory, one.allow, findings);
    check_principals(directory, one.deny, findings);
  }
}

// Those that are about a definition as a whole would have no effect in one environment.
void check_reach(const Environment& environment, Findings& findings) {
  for (const auto& one : environment.permissions)
    if (one.name == "create_release" || one.name == "edit_definition")
      findings.add(one.place, one.name,
                   fmt::format("{} is about the whole definition, not one environment", one.name),
                   "move it to [permissions]");
}

void check_approvals(const Directory& directory, const std::vector<Check>& checks,
                     Findings& findings) {
  for (const auto& one : checks)
    if (const auto* approval = std::get_if<Approval>(&one.rule))
      check_approval(directory, *approval, one.place, findings);
}

}  // namespace

void check_people(const Directory& directory, const Team& team, Findings& findings) {
  check_permissions(directory, team.permissions, findings);
}

void check_people(const Directory& directory, const Definition& definition, Findings& findings) {
  check_permissions(directory, definition.permissions, findings);
  for (const auto& one : definition.environments) {
    check_permissions(directory, one.permissions, findings);
    check_reach(one, findings);
    check_approvals(directory, one.before, findings);
    check_approvals(directory, one.after, findings);
  }
}

}  // namespace davit
