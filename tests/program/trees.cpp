// SPDX-License-Identifier: MIT
#include "tests/program/trees.hpp"

#include <doctest/doctest.h>

namespace program {

using davit::Tarball;

std::string unpacking(const std::string& to, const std::string& artifact) {
  return on_targets(
      "  [[environments.dev.steps]]\n  name = \"Bring\"\n  upload = \"app\"\n  to = \"" + to +
      "\"\n  unpack = true\n[artifacts.app]\n" + artifact + "\n");
}

void release_tree(Site& site, const Tarball& tar) {
  site.told.write("app.tar", tar.bytes());
  const Spoken created = site.told.davit({"create"});
  REQUIRE_MESSAGE(created.status == 0, created.err);
}

Tarball odd_tree(const std::string& text) {
  Tarball tar;
  tar.folder("app/").folder("app/empty", 0700);
  tar.file("app/run", "#!/bin/sh\necho ran\n", 0755).file("app/text", text);
  tar.file("app/big", std::string(300000, 'b'));
  tar.file("app/-rf", "dash").file("app/it's \"so\" $(id)", "quotes").file("app/a\nb", "newline");
  tar.file("app/back\\slash", "slash", 0600).file("app/deep/down/here", "deep");
  tar.long_path("app/" + std::string(200, 'x') + "/" + std::string(200, 'y')).file("short", "long");
  tar.symlink("app/link", "deep/down/here").symlink("app/deep/up", "../text");
  return tar.hard_link("app/same", "app/run");
}

}  // namespace program
