// SPDX-License-Identifier: MIT
// davit man: the manual page, as roff.
#include "cli/commands.hpp"
#include "cli/man_page.hpp"

namespace davit {

namespace {

struct ManOptions {};

void declare(Options&, ManOptions&) {}

Result<ExitStatus> man(const ManOptions&, Desk& desk) {
  desk.out.raw(man_page(commands(), DAVIT_VERSION));
  return ExitStatus::done;
}

}  // namespace

Command man_command() {
  return {.name = "man",
          .group = CommandGroup::around,
          .summary = "print the manual page",
          .examples = {{"davit man | man -l -", "reads it"},
                       {"davit man > /usr/local/share/man/man1/davit.1", "installs it"}},
          .declare = from<ManOptions>(declare, man)};
}

}  // namespace davit
