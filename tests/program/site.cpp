// SPDX-License-Identifier: MIT
#include "tests/program/site.hpp"

#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <iterator>
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

void Site::kill_when(const Words& words, int host, const std::string& file,
                     const std::string& text) {
  auto running = told.start_davit(words);
  wait_for(host, file, text);
  running.kill(SIGKILL);
  running.wait();
}

int Site::count_in(int host, const std::string& folder) const {
  std::error_code none;
  const std::filesystem::directory_iterator all(fleet.home(host) + "/" + folder, none);
  return static_cast<int>(std::distance(begin(all), end(all)));
}

void Site::wait_for(int host, const std::string& file, const std::string& text) const {
  for (int look = 0; look < 6000; ++look) {
    if (fleet.read(host, file).find(text) != std::string::npos) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  FAIL("never came: " << text);
}

}  // namespace program
