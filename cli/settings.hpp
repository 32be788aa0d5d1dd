// SPDX-License-Identifier: MIT
// What may be said with every command, before or after its name.
#pragma once

#include <string>

#include "cli/options.hpp"

namespace davit {

struct Settings {
  bool json = false;      // one documented record on standard output
  bool quiet = false;     // no talk, answers only
  bool no_color = false;  //
  bool yes = false;       // whatever would be asked: yes
  std::string directory;  // as if davit was started there; empty: here
  bool help = false;
  bool version = false;
};

void declare(Options&, Settings&);

}  // namespace davit
