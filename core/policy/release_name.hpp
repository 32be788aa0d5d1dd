// SPDX-License-Identifier: MIT
// A release's display name: its pattern with {rev} and {number} filled in, unique among the newest.
//
// {rev} counts the names that are the same but for it, so "{date:%Y.%m.%d}-{rev}" counts per day.
// {rev:000} has at least so many digits. Both are decided with the release's number, behind
// everything else, so they stand in the pattern as marks that no name can hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/events/ids.hpp"
#include "definitions/result.hpp"

namespace davit {

// The mark for a field "rev", "rev:000" or "number".
std::string name_mark(std::string_view field);

// `pattern` has every other field worked out; `taken` are names in use, newest first.
Result<std::string> release_name(std::string pattern, ReleaseNumber number,
                                 const std::vector<std::string>& taken);

}  // namespace davit
