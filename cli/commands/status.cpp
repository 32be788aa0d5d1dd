// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <thread>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/overview.hpp"
#include "cli/ssh_options.hpp"
#include "cli/verifying.hpp"

namespace davit {

namespace {

struct StatusOptions {
  std::vector<std::string> definitions;
  SshOptions ssh;
  bool watch = false, verify = false;
};

void declare(Options& o, StatusOptions& into) {
  o.positional("DEFINITION", into.definitions, "all of them unless named");
  o.flag("--watch", into.watch, "again every two seconds, until Ctrl-C");
  o.flag("--verify", into.verify,
         "ask the targets: what is recorded beside what they hold; of DEFINITION and ENVIRONMENT, "
         "where they are named");
  declare(o, into.ssh);
}

Outcome show_once(const StatusOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  const auto names =
      options.definitions.empty() ? office->registry().definitions() : options.definitions;
  DAVIT_TRY(const auto overview, look_over(*office, names, desk.clock.now()));
  if (desk.settings.json) {
    print(desk, to_json(overview));
    return Done{};
  }
  if (options.watch && desk.out.terminal) desk.out.raw("\x1b[H\x1b[J");
  print(desk, overview);
  return Done{};
}

// Ends with Ctrl-C, or when nobody reads any more. A terminal shows one page that is drawn again;
// anything else gets one table (or record) behind the other.
Result<ExitStatus> status(const StatusOptions& options, Desk& desk) {
  if (options.verify) {
    if (options.watch)
      return misused("--verify and --watch don't go together", "davit status --verify");
    DAVIT_TRY(const auto ssh, said(options.ssh, desk));
    DAVIT_TRY(const auto office, open_office(desk));
    return verify_targets(*office, desk, options.definitions, ssh);
  }
  DAVIT_CHECK(show_once(options, desk));
  while (options.watch && !desk.out.closed()) {
    desk.out.flush();
    std::this_thread::sleep_for(std::chrono::seconds(2));
    DAVIT_CHECK(show_once(options, desk));
  }
  return ExitStatus::done;
}

}  // namespace

Command status_command() {
  return {.name = "status",
          .group = CommandGroup::look,
          .summary = "what is where since when, and what waits on what",
          .examples = {{"davit", "every definition"},
                       {"davit status storefront --watch", "one of them, kept up to date"},
                       {"davit status --verify storefront production",
                        "whether each target holds what is recorded"}},
          .declare = from(declare, status)};
}

}  // namespace davit
