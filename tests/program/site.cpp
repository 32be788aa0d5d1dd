// SPDX-License-Identifier: MIT
#include "tests/program/site.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

namespace program {

std::string on_targets(const std::string& steps, const std::string& lines) {
  return "[environments.dev]\ndeploy_on = \"release\"\ntargets = \"web\"\n" + lines + steps;
}

Site::Site(int hosts, const std::string& definition) : told(definition), fleet(hosts) {
  told.write(".davit/team.toml", fleet.team());
  told.write(".davit/ssh_config", fleet.ssh_config());
  told.commit("targets");
  told.davit({"create"});
}

std::string Site::kept(const std::string& file) {
  const auto state = told.git({"show", "refs/davit/ledger/web:state.json"});
  const std::string before = "\"ledger\":\"";
  const auto at = state.find(before);
  REQUIRE(at != std::string::npos);
  return ".local/state/davit/" + state.substr(at + before.size(), 12) + "/" + file;
}

void Site::wait_for(int host, const std::string& file, const std::string& text) const {
  for (int look = 0; look < 6000; ++look) {
    if (fleet.read(host, file).find(text) != std::string::npos) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  FAIL("never came: " << text);
}

}  // namespace program
