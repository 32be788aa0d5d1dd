// SPDX-License-Identifier: MIT
// A deployment that somebody asks for by hand: deploy, promote, retry, redeploy.
#pragma once

#include <string>

#include "cli/conducting.hpp"

namespace davit {

struct ByHand {
  std::string command;  // for the record: "deploy"
  Subject subject;      // with how it is wanted
  std::string reason;
  Manner manner;
};

// Deploys it when it may be deployed. What may not yet, but may come, is asked for, so that `davit
// run` goes on with it; what was asked for already is not asked for again. A redeployment is asked
// for before it starts, too: so its attempt is a new one. What was asked for on some targets alone
// is brought to those, and with other ones refused. Prints the command's record.
Result<ExitStatus> bring(Office&, Desk&, const Actor&, const ByHand&);

}  // namespace davit
