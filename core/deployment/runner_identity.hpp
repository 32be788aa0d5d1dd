// SPDX-License-Identifier: MIT
// Who executes: this process, in terms another process on this machine can check later.
#pragma once

#include "core/events/event.hpp"

namespace davit {

// This process.
Runner this_runner();

// Whether a runner of this machine still lives: the same boot, and a process of that number that
// began at that time. Nothing where it ran on another machine, which can't be asked.
std::optional<bool> lives(const Runner&);

}  // namespace davit
