// SPDX-License-Identifier: MIT
// Switching a symlink from one release to another, and clearing away old ones.
#pragma once

#include "core/runner/outdated.hpp"
#include "definitions/result.hpp"

namespace davit {

// By one rename: whoever opens the link finds the one or the other. Refuses to replace what is no
// symlink. Then clears away what is outdated beside `to`.
Result<Switched> switch_link(const Switch&);

}  // namespace davit
