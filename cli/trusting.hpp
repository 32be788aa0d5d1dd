// SPDX-License-Identifier: MIT
// Trusting hosts: their keys are fetched and shown, and written down when the person agrees.
#pragma once

#include <string>
#include <vector>

#include "cli/office.hpp"
#include "core/fleet/host.hpp"
#include "definitions/team.hpp"

namespace davit {

struct TrustRequest {
  std::vector<Host> hosts;
  SshSettings ssh;      // over the team's
  bool hash = false;    // names that tell nobody which hosts there are
  std::string command;  // as it was typed, for whoever is not there to be asked
};

// A host that does not answer, or whose key is another than the one that is trusted, is left out,
// said so and makes the status `failed`; the others go on. What is trusted is never replaced.
Result<ExitStatus> trust(Desk&, Office&, const TrustRequest&);

}  // namespace davit
