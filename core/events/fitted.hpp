// SPDX-License-Identifier: MIT
// Making what a run tells of itself fit into an event (kLargestEvent). Nobody is there to shorten
// it, and a deployment whose end can't be recorded would never end.
#pragma once

#include <string>
#include <string_view>

#include "core/events/event.hpp"

namespace davit {

// The end and the pause of a deployment, shortened as far as they must be, always in the same way:
// of long texts the beginning stays, with a "…" behind it; of very many steps those that did not
// succeed or can't be undone, as far as there is room, and `untold` says how many more there were.
// Other facts are people's, and stay as they are.
Fact fitted(Fact);

// At most so many bytes of a text, cut between characters, with a "…" where something is missing.
std::string shortened(std::string_view text, std::size_t most);

}  // namespace davit
