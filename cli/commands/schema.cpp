// SPDX-License-Identifier: MIT
// davit schema: the language as a JSON Schema, for editors.
#include "definitions/schema.hpp"

#include "cli/commands.hpp"

namespace davit {

namespace {

struct SchemaOptions {
  std::optional<std::string> of;
};

void declare(Options& o, SchemaOptions& into) {
  o.positional("OF", into.of, "definition (unless said otherwise) or team").choices = {"definition",
                                                                                       "team"};
}

Result<ExitStatus> schema(const SchemaOptions& options, Desk& desk) {
  const bool team = options.of == "team";
  desk.out.raw((team ? schema_of_team() : schema_of_definition()).pretty() + '\n');
  return ExitStatus::done;
}

}  // namespace

Command schema_command() {
  return {.name = "schema",
          .group = CommandGroup::write,
          .summary = "print the JSON Schema that editors complete and explain definitions with",
          .examples = {{"davit schema > .davit/definition.schema.json", "for definitions/*.toml"},
                       {"davit schema team", "for .davit/*.toml"}},
          .declare = from<SchemaOptions>(declare, schema)};
}

}  // namespace davit
