// SPDX-License-Identifier: MIT
// Conducting a deployment from the desk: starts it, tells it, says what came of it.
#pragma once

#include <map>
#include <string>

#include "cli/office.hpp"
#include "cli/telling.hpp"
#include "cli/words.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

// What the person said about how deployments are run.
struct Manner {
  bool verbose = false;
  bool run_uncertain = false;
  SshSettings ssh = {.transport = ""};  // over the team's
};

class Conductor {
 public:
  Conductor(Office&, Desk&, Actor, Manner);

  // Deploys when it may; otherwise says why not. Says what came of it.
  Result<ExitStatus> deploy(const Subject&);
  // Goes on with what is unfinished in an environment.
  Result<ExitStatus> resume(const std::string& definition, const std::string& environment,
                            const std::string& comment);

  // What each deployment came to, for the record of the command.
  const Json& deployments() const { return told_; }

  Conduct conduct();

 private:
  Result<ExitStatus> say(const std::string& definition, const Deployed&);
  // How long the steps took of what is live there.
  std::map<std::string, Duration> lasted(const Case&);

  Office& office_;
  Desk& desk_;
  Actor actor_;
  Manner manner_;
  DeskTeller teller_;
  Json told_ = Json::array();
};

// From where a case's findings are told.
Telling telling(const Case&);

// The obstacles in front of a deployment, a line each, and the status that goes with them.
ExitStatus say_obstacles(Desk&, const Case&, const Verdict&);

}  // namespace davit
