// SPDX-License-Identifier: MIT
// A release in words and as a record.
#pragma once

#include <string>

#include "core/git/repository.hpp"
#include "core/state/state.hpp"

namespace davit {

// The release as a member of a record: what was pinned, and where it has been.
Json to_json(const Release&, const std::string& definition);

// "9 commits, 3 authors" between two commits; empty when there are none or they are not here.
std::string changes_in_brief(Repository&, const std::string& from, const std::string& to);

}  // namespace davit
