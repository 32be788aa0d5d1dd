// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/promoting.hpp"
#include "cli/ssh_options.hpp"

namespace davit {

namespace {

struct RunOptions {
  std::vector<std::string> definitions;
  SshOptions ssh;
  bool verbose = false;
};

void declare(Options& o, RunOptions& into) {
  o.positional("DEFINITION", into.definitions, "all of them unless named");
  declare(o, into.ssh);
  o.flag("--verbose", into.verbose, "every line that the steps print, unfolded, as it comes");
}

// Which of these has nothing that could go anywhere; of some that nobody named, only when it is all
// of them.
std::string without_releases(Registry& registry, const std::vector<std::string>& names,
                             bool named) {
  std::vector<std::string> empty;
  for (const auto& name : names)
    if (const auto state = registry.ledger(name).present(); state && state->last_release.value == 0)
      empty.push_back(name);
  if (empty.empty() || (!named && empty.size() < names.size())) return "";
  return fmt::format(": {0} has no release yet; davit create {0} cuts the first", empty.front());
}

Result<ExitStatus> run_what_may(const RunOptions& options, Desk& desk) {
  DAVIT_TRY(auto ssh, said(options.ssh, desk));
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(auto actor, office->actor());
  auto& registry = office->registry();
  const auto names = options.definitions.empty() ? registry.definitions() : options.definitions;
  DAVIT_CHECK(registry.prefetch(names));
  Promoter promoter(*office, desk, std::move(actor), {options.verbose, false, std::move(ssh)});
  DAVIT_TRY(const auto status, promoter.run_all(names));
  if (desk.settings.json)
    print(desk, record("run")
                    .set("deployments", promoter.deployments())
                    .set("waiting", promoter.waiting()));
  else if (status == ExitStatus::done && promoter.deployments().items().empty())
    desk.out.line("nothing to do{}",
                  without_releases(registry, names, !options.definitions.empty()));
  return status;
}

}  // namespace

Command run_command() {
  return {.name = "run",
          .group = CommandGroup::promote,
          .summary = "do everything that may happen now, and say what waits",
          .about =
              "What CI calls: deploys every release to every environment it may go to by "
              "itself or was asked for, in order. Exit status 4 says that something waits.",
          .examples = {{"davit run", "everything, in all definitions"},
                       {"davit run storefront --verbose", "one definition, with the output"}},
          .declare = from(declare, run_what_may)};
}

}  // namespace davit
