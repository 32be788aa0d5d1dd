// SPDX-License-Identifier: MIT
// A repository whose environment dev goes to a fleet, with its first release cut.
//
//   Site site(3, on_targets(kSteps, "rollout = { batches = [\"1\"] }\n"));
//   CHECK(site.told.davit({"run"}).status == 0);
#pragma once

#include <string>

#include "tests/program/fleet.hpp"
#include "tests/program/told.hpp"

namespace program {

// The environment dev on the target "web", with these lines in its table and these steps.
std::string on_targets(const std::string& steps, const std::string& lines = "");

struct Site {
  Site(int hosts, const std::string& definition);
  // Waits until a file on a host holds this text; fails the test case after a minute.
  void wait_for(int host, const std::string& file, const std::string& text) const;
  // Starts davit, and kills it when a file on a host holds this text.
  void kill_when(const Words&, int host, const std::string& file, const std::string& text);
  // How much stands in a folder of a host's home, hidden or not.
  int count_in(int host, const std::string& folder) const;

  // A path in what davit keeps on a host for this repository's ledger, from the host's home.
  std::string kept(const std::string& file);

  Told told;
  Fleet fleet;
};

}  // namespace program
