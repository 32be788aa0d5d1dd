// SPDX-License-Identifier: MIT
// A run's picture as lines for a terminal. Pure.
//
//   batch 1/3   web01                  Unpack ✔  Migrate ✔ once  Switch ✔  Smoke ✔   9 s
//   batch 2/3   ████████░░ 8/10        Switch  web07 web09                     12 s, about 6 s left
//     web07  9 s  draining connections
//     web09  app-1.8.3.tar.gz
//
// One target, or a batch that is over: its steps, each with how it ended. Several that run: how
// many are done with the step, and which are not; those that take long have a line each, with the
// last line they printed, or how much was sent to them.
#pragma once

#include <string>
#include <vector>

#include "cli/painter.hpp"
#include "cli/run_picture.hpp"
#include "cli/style.hpp"

namespace davit {

// The batch that runs; nothing before the first. At most a third of the terminal's rows.
std::vector<std::string> rows(const RunPicture&, const Style&, TerminalSize, Instant now);

// A batch whose time is over, as it stays.
std::string row(const BatchPicture&, const Style&, int width, Instant now);

// "3.1 MB of 12.4 MB  1.2 MB/s, about 8 s left"
std::string sent(const TargetPicture&, Instant now);

}  // namespace davit
