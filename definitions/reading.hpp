// SPDX-License-Identifier: MIT
// The readers of single tables, for each other. Each is given a shaped table
// (definitions/shape.hpp) and notes what the table of keys can't say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/definition.hpp"
#include "definitions/fields.hpp"
#include "definitions/notes.hpp"
#include "definitions/toml.hpp"

namespace davit {

struct Scope {
  Notes& notes;
  std::vector<std::string> artifacts;     // names that may be uploaded and asked for a version
  std::vector<std::string> environments;  // names that may be needed
  // Nothing was wrong with the document's keys. Otherwise what seems to be missing may be what is
  // misspelt.
  bool whole = true;
};

Artifact read_artifact(const Member&, Scope&);
// `askable`: whether they can be set when the release is cut.
Variables read_variables(const Node& table, std::string_view key, Scope&, bool askable = true);
Schedule read_schedule(const Node& table, Scope&);
Environment read_environment(const Member&, Scope&);

Selection read_selection(const Node& table, Scope&);             // under "targets"
std::optional<Rollout> read_rollout(const Node& table, Scope&);  // under "rollout"
// Of an environment: those under "phases", or one without a name made of "steps".
std::vector<Phase> read_phases(const Node& environment, Scope&);

Step read_step(const Node&, Scope&);
RunAction read_run(const Node&);
HttpAction read_http(const Node&, Scope&);

std::vector<Check> read_checks(const Node& table, std::string_view key, Scope&);
std::vector<Gate> read_gates(const Node& table, Scope&);
Principals read_principals(const Node& table, std::string_view key, const Notes&);
std::vector<Permission> read_permissions(const Node& table, const Notes&);

// The text under a key, its {fields} checked.
std::string read_fields(const Node& table, std::string_view key, FieldUse, Scope&);

// Notes that a name is none of the known ones: "there is no artifact 'ap'".
void note_unknown(const Node& name, std::string_view what, const std::vector<std::string>& known,
                  Notes&);

}  // namespace davit
