// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "definitions/name.hpp"
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
  std::string folded = person;
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  voters.countless = voters.countless || is_pattern(person);
  voters.people.insert(std::move(folded));
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

// One who is named must be an address or a pattern: "developers" is neither.
void check_person(const Directory& directory, const Principal& one, Findings& findings) {
  if (one.text.find('@') != std::string::npos || is_pattern(one.text)) return;
  findings.add(one.place, one.text, fmt::format("'{}' is no e-mail address", one.text),
               directory.groups.has(one.text)
                   ? fmt::format("write \"group:{}\" for the group", one.text)
                   : "write an address, a pattern such as \"*@example.com\", or \"group:NAME\"");
}

void check_principals(const Directory& directory, const Principals& principals,
                      Findings& findings) {
  for (const auto& one : principals) {
    if (one.is_group())
      directory.groups.require(one.group(), one.place, findings, "group:");
    else
      check_person(directory, one, findings);
  }
}

void check_approval(const Directory& directory, const Approval& approval, const Place& place,
                    Findings& findings) {
  check_principals(directory, approval.from, findings);
  const auto voters = voters_among(directory, approval.from);
  const auto count = static_cast<std::size_t>(std::max(approval.count, 1));
  if (voters.unknown || voters.countless || voters.people.size() >= count) return;
  if (voters.people.empty())
    findings.add(place, "approval", "nobody can give this approval",
                 approval.from.empty() ? "name people or groups in from"
                                       : fmt::format("{} has no members", approval.from[0].text));
  else
    findings.add(
        place, "approval",
        fmt::format("{} approvals are asked for, but only {} can give them", count,
                    voters.people.size() == 1 ? "one person"
                                              : fmt::format("{} people", voters.people.size())),
        fmt::format("name more people in from, or write count = {}", voters.people.size()));
}

constexpr std::array kPermissions = {"create_release", "deploy", "edit_definition",
                                     "manage_approvals"};

enum class Of { project, definition, environment };

void check_permissions(const Directory& directory, const std::vector<Permission>& permissions,
                       Of of, Findings& findings) {
  for (const auto& one : permissions) {
    check_principals(directory, one.allow, findings);
    check_principals(directory, one.deny, findings);
    const std::vector<std::string> known(kPermissions.begin(), kPermissions.end());
    if (std::find(known.begin(), known.end(), one.name) == known.end()) {
      const auto meant = nearest(one.name, known);
      findings.add(one.place, one.name, fmt::format("unknown permission '{}'", one.name),
                   meant.empty() ? fmt::format("permissions: {}", fmt::join(known, ", "))
                                 : fmt::format("did you mean '{}'?", meant));
    } else if (of == Of::environment &&
               (one.name == "create_release" || one.name == "edit_definition")) {
      findings.add(one.place, one.name,
                   fmt::format("{} is about the whole definition, not one environment", one.name),
                   "move it to [permissions]");
    }
  }
}

void check_approvals(const Directory& directory, const std::vector<Check>& checks,
                     Findings& findings) {
  for (const auto& one : checks)
    if (const auto* approval = std::get_if<Approval>(&one.rule))
      check_approval(directory, *approval, one.place, findings);
}

}  // namespace

void check_people(const Directory& directory, const Team& team, Findings& findings) {
  for (const auto& group : team.groups)
    for (const auto& member : group.members) check_person(directory, member, findings);
  check_permissions(directory, team.permissions, Of::project, findings);
}

void check_people(const Directory& directory, const Definition& definition, Findings& findings) {
  check_permissions(directory, definition.permissions, Of::definition, findings);
  for (const auto& one : definition.environments) {
    check_permissions(directory, one.permissions, Of::environment, findings);
    check_approvals(directory, one.before, findings);
    check_approvals(directory, one.after, findings);
  }
}

}  // namespace davit
