// SPDX-License-Identifier: MIT
// What a step hands to later steps: name=value lines in the file $DAVIT_OUTPUT.
#pragma once

#include <string>
#include <vector>

#include "core/runner/journal.hpp"
#include "core/secrets/mask.hpp"
#include "definitions/result.hpp"

namespace davit {

inline constexpr std::size_t kLargestOutputs = 64 * 1024;

// Reads the file, or what stood in it; none is nothing. Only declared names are taken, the last
// value of a name counts, blank lines are passed over. Anything else is an error that names the
// line; so is a value that holds a secret, since outputs are kept in the journal.
Result<Outputs> parse_outputs(std::string_view text, const std::vector<std::string>& declared,
                              const Mask&);
Result<Outputs> read_outputs(const std::string& path, const std::vector<std::string>& declared,
                             const Mask&);

}  // namespace davit
