// SPDX-License-Identifier: MIT
// A release in words and as a record.
#pragma once

#include <string>

#include "core/state/state.hpp"

namespace davit {

// The release as a member of a record: what was pinned, and where it has been.
Json to_json(const Release&, const std::string& definition);

}  // namespace davit
