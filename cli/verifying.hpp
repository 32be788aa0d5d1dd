// SPDX-License-Identifier: MIT
// `status --verify`: what is recorded of each target beside what the target says.
#pragma once

#include <string>
#include <vector>

#include "cli/office.hpp"

namespace davit {

// `words`: a definition, an environment, both or neither: all of them. Failed where a target is not
// as it is recorded, uncertain where one could not be asked.
Result<ExitStatus> verify_targets(Office&, Desk&, const std::vector<std::string>& words,
                                  const SshSettings& ssh);

}  // namespace davit
