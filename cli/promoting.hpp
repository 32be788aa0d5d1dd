// SPDX-License-Identifier: MIT
// Promoting: everything that may happen now, in one definition or all, and what it waits for.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cli/conducting.hpp"

namespace davit {

class Promoter {
 public:
  Promoter(Office&, Desk&, Actor, Manner);

  // Deploys whatever may be deployed, until nothing more may; says what waits and why. The status
  // is the worst of what happened: failed before waiting before done.
  Result<ExitStatus> run_all(const std::vector<std::string>& definitions);

  const Json& deployments() const { return conductor_.deployments(); }
  const Json& waiting() const { return waiting_; }

 private:
  // One deployment that may happen now, done. False when there is none.
  Result<bool> one_step(const std::string& definition);
  Outcome say_waiting(const std::string& definition);
  void say_unfinished(const Rules&, const State&, const Environment&);
  void count(ExitStatus);

  Office& office_;
  Desk& desk_;
  Conductor conductor_;
  std::set<std::pair<std::string, DeploymentId>> tried_;
  Json waiting_ = Json::array();
  ExitStatus worst_ = ExitStatus::done;
};

}  // namespace davit
