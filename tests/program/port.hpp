// SPDX-License-Identifier: MIT
// A port that nobody has right now, and that no outgoing connection will take.
#pragma once

namespace program {

int free_port();

}  // namespace program
