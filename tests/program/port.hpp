// SPDX-License-Identifier: MIT
// A port on loopback that nobody listens on right now.
#pragma once

namespace program {

int free_port();

}  // namespace program
