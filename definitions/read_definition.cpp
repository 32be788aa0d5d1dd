// SPDX-License-Identifier: MIT
#include <algorithm>

#include "definitions/reader.hpp"
#include "definitions/reading.hpp"
#include "definitions/shape.hpp"
#include "definitions/shaped.hpp"

namespace davit {

namespace {

std::vector<std::string> names(const std::vector<Member>& members) {
  std::vector<std::string> out;
  for (const Member& member : members) out.push_back(member.key);
  return out;
}

Retain read_retain(const Node& root) {
  Retain retain;
  if (const Node* table = root.find("retain")) {
    retain.days = integer_at(*table, "days", retain.days);
    retain.at_least = integer_at(*table, "at_least", retain.at_least);
  }
  return retain;
}

BranchTrigger read_branch(const Node& table, Scope& scope) {
  return {.include = texts_at(table, "include"),
          .exclude = texts_at(table, "exclude"),
          .paths = texts_at(table, "paths"),
          .place = scope.notes.place(table.span)};
}

std::optional<Triggers> read_triggers(const Node& root, Scope& scope) {
  const Node* table = root.find("triggers");
  if (table == nullptr) return std::nullopt;
  Triggers triggers{.place = scope.notes.place(table->span)};
  for (const Node& item : items_at(*table, "artifact")) {
    const auto& known = scope.artifacts;
    if (std::find(known.begin(), known.end(), item.text) == known.end())
      note_unknown(item, "artifact", known, scope.notes);
    triggers.artifacts.push_back(item.text);
  }
  if (const Node* branch = table->find("branch")) triggers.branch = read_branch(*branch, scope);
  if (const Node* schedule = table->find("schedule"))
    triggers.schedule = read_schedule(*schedule, scope);
  return triggers;
}

void read_root(const Node& root, Definition& definition, Notes& notes) {
  Scope scope{notes, names(members_at(root, "artifacts")), names(members_at(root, "environments")),
              notes.empty()};
  definition.description = text_at(root, "description");
  if (root.find("release_name") != nullptr)
    definition.release_name = read_fields(root, "release_name", FieldUse::release_name, scope);
  definition.retain = read_retain(root);
  for (const Member& member : members_at(root, "artifacts"))
    definition.artifacts.push_back(read_artifact(member, scope));
  definition.triggers = read_triggers(root, scope);
  definition.variables = read_variables(root, "variables", scope);
  definition.environments.reserve(members_at(root, "environments").size());
  for (const Member& member : members_at(root, "environments"))
    definition.environments.push_back(read_environment(member, scope));
  definition.gates = read_gates(root, scope);
  definition.permissions = read_permissions(root, notes);
}

}  // namespace

Reading<Definition> read_definition(std::string_view text, const std::string& name,
                                    const std::string& file, const std::string& revision) {
  Notes notes(file, revision);
  Definition definition{.name = name, .place = notes.place({1, 1, 1})};
  if (auto root = parse_toml(text, notes)) {
    shape(*root, TableKind::definition, notes);
    read_root(*root, definition, notes);
  }
  return {std::move(definition), notes.take()};
}

}  // namespace davit
