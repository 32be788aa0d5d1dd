// SPDX-License-Identifier: MIT
#include "tests/program/windows.hpp"

#include <doctest/doctest.h>

#include "core/ssh/windows_prelude.hpp"

namespace program {

Windows::Windows(int count, const std::string& definition, const std::string& shell)
    : Site(count, definition), hosts(count) {
  fleet.write(1, "bootstrap", davit::windows_bootstrap());
  fleet.write(1, "prelude", davit::windows_prelude());
  fleet.shell("exec python3 -B " DAVIT_SOURCE_DIR "/tests/program/windows_shell.py " +
              fleet.home(1));
  const std::string table = "[targets.web]\n";
  auto team = fleet.team();
  team.insert(team.find(table) + table.size(), "shell = \"" + shell + "\"\n");
  told.write(".davit/team.toml", team);
  told.commit("they are of Windows");
}

std::string Windows::kept(const std::string& file) {
  auto path = Site::kept(file);
  const std::string posix = ".local/state";
  return path.replace(path.find(posix), posix.size(), "AppData/Local");
}

Windows::~Windows() {
  for (int host = 1; host <= hosts; ++host) {
    CAPTURE(host);
    CHECK(fleet.read(host, "trouble") == "");
  }
}

}  // namespace program
