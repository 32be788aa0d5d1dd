// SPDX-License-Identifier: MIT
// The language of definitions and team files as one table: every kind of TOML table, every key it
// may have, what the key's value must look like, and what the key is for.
//
// The reader checks documents against it and `davit schema` prints it, so that the two can't
// disagree. What it can't say (names that must exist, one key that rules out another) is said by
// the reader of that table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/form.hpp"

namespace davit {

enum class TableKind {
  definition,
  retain,
  artifact,
  release_source,
  github,
  gitlab,
  jenkins,
  azure,
  oci,
  triggers,
  branch,
  schedule,
  variable,
  environment,
  selection,
  rollout,
  phase,
  step,
  expect,
  check,
  approval,
  window,
  gate,
  permissions,
  permission,
  team,
  ledger,
  group,
  target,
  freeze,
  notification,
  webhook,
  ssh,
};

enum class Many {
  one,    // a value
  list,   // several; a single one may stand without the brackets
  named,  // a table of them, each under a name that is the user's own
};

struct Key {
  std::string_view name;
  std::string_view about;  // one line, for people and editors
  Form form = Form::line;
  Many many = Many::one;
  TableKind table = TableKind::definition;  // of Form::table
  Form names = Form::name;                  // what the names of Many::named look like
  bool required = false;
  std::string_view words = {};                   // of Form::word, separated by spaces
  std::string_view with = {};                    // makes sense only beside one of these keys
  std::int64_t least = 0, most = 1'000'000'000;  // of Form::integer
};

struct Table {
  std::string_view about;
  std::span<const Key> keys;
  // Of these keys, separated by spaces, at most one may be written; or exactly one.
  std::string_view choice = {};
  bool choice_required = false;
  // A value that is no table stands for a table with this key alone: PORT = 8080 is
  // PORT = { value = 8080 }.
  std::string_view shorthand = {};

  const Key* key(std::string_view name) const;  // null where there is none
};

const Table& table(TableKind);

// The words of "a b c".
std::vector<std::string> words(std::string_view separated);

}  // namespace davit
