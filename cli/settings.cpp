// SPDX-License-Identifier: MIT
#include "cli/settings.hpp"

namespace davit {

void declare(Options& o, Settings& into) {
  o.value("--directory,-C DIR", into.directory, "act as if started in DIR");
  o.flag("--json", into.json, "print one JSON record instead of text");
  o.flag("--quiet,-q", into.quiet, "say nothing but the answer");
  o.flag("--yes,-y", into.yes, "answer every question with yes");
  o.flag("--no-color", into.no_color, "print without colours");
  o.flag("--help,-h", into.help, "show how the command is used; does nothing else");
  o.flag("--version", into.version, "show which davit this is");
}

}  // namespace davit
