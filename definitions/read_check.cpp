// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "definitions/reading.hpp"
#include "definitions/shaped.hpp"

namespace davit {

namespace {

Approval read_approval(const Node& table, Scope& scope) {
  Approval approval;
  approval.from = read_principals(table, "from", scope.notes);
  approval.count = integer_at(table, "count", approval.count);
  approval.requester = flag_at(table, "requester", approval.requester);
  approval.timeout = duration_at(table, "timeout").value_or(approval.timeout);
  approval.expires = duration_at(table, "expires");
  approval.covers_targets = text_at(table, "covers") == "targets";
  return approval;
}

GatesCheck read_gates_check(const Node& table) {
  GatesCheck check;
  check.names = texts_at(table, "gates");
  check.every = duration_at(table, "every").value_or(check.every);
  check.stable_for = duration_at(table, "stable_for").value_or(check.stable_for);
  check.delay = duration_at(table, "delay").value_or(check.delay);
  check.timeout = duration_at(table, "timeout");
  return check;
}

Window read_window(const Node& table, Scope& scope) {
  Window window;
  window.days = text_at(table, "days", window.days);
  window.from = text_at(table, "from", window.from);
  window.to = text_at(table, "to", window.to);
  window.zone = text_at(table, "zone");
  if (window.from == window.to)
    scope.notes.add(table.span, fmt::format("this window is never open: it ends at {}", window.to),
                    "\"24:00\" is the end of the day");
  return window;
}

Check read_check(const Node& table, Scope& scope) {
  Check check{.place = scope.notes.place(table.span)};
  if (const Node* window = table.find("window"))
    check.rule = read_window(*window, scope);
  else if (table.find("gates") != nullptr)
    check.rule = read_gates_check(table);
  else if (const auto wait = duration_at(table, "wait"))
    check.rule = WaitCheck{*wait};
  else if (const Node* approval = table.find("approval"))
    check.rule = read_approval(*approval, scope);
  for (const char* key : {"approval", "gates", "window", "wait"})
    if (const Member* member = member_at(table, key)) check.place = scope.notes.place(member->span);
  return check;
}

}  // namespace

std::vector<Check> read_checks(const Node& table, std::string_view key, Scope& scope) {
  std::vector<Check> checks;
  for (const Node& item : items_at(table, key)) checks.push_back(read_check(item, scope));
  return checks;
}

std::vector<Gate> read_gates(const Node& table, Scope& scope) {
  std::vector<Gate> gates;
  for (const Member& member : members_at(table, "gates")) {
    Gate gate{.name = member.key, .place = scope.notes.place(member.span)};
    if (member.value.find("http") != nullptr)
      gate.question = read_http(member.value, scope);
    else
      gate.question = read_run(member.value);
    gates.push_back(std::move(gate));
  }
  return gates;
}

Principals read_principals(const Node& table, std::string_view key, const Notes& notes) {
  Principals principals;
  for (const Node& item : items_at(table, key))
    principals.push_back({item.text, notes.place(item.span)});
  return principals;
}

std::vector<Permission> read_permissions(const Node& table, const Notes& notes) {
  std::vector<Permission> permissions;
  for (const Member& member : members_at(table, "permissions"))
    permissions.push_back({.name = member.key,
                           .allow = read_principals(member.value, "allow", notes),
                           .deny = read_principals(member.value, "deny", notes),
                           .place = notes.place(member.span)});
  return permissions;
}

}  // namespace davit
