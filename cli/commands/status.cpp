// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/overview.hpp"

namespace davit {

namespace {

struct StatusOptions {
  std::vector<std::string> definitions;
};

void declare(Options& o, StatusOptions& into) {
  o.positional("DEFINITION", into.definitions, "all of them unless named");
}

Result<ExitStatus> status(const StatusOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  auto& registry = office->registry();
  const auto names = options.definitions.empty() ? registry.definitions() : options.definitions;
  DAVIT_TRY(const auto overview, look_over(registry, names, desk.clock.now()));
  if (desk.settings.json)
    print(desk, to_json(overview));
  else
    print(desk, overview);
  return ExitStatus::done;
}

}  // namespace

Command status_command() {
  return {.name = "status",
          .group = CommandGroup::look,
          .summary = "what is where since when, and what waits on what",
          .examples = {{"davit", "every definition"}, {"davit status storefront", "one of them"}},
          .declare = from(declare, status)};
}

}  // namespace davit
