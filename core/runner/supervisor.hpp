// SPDX-License-Identifier: MIT
// The supervisor: a small process between davit and a step, so that the step outlives davit.
//
// launch() forks it (it runs no other program). In a session of its own, it starts the step in a
// process group of its own with stdin closed, reads the step's output, masks it and writes it to
// the log line by line, and at the end writes what became of it to the try file (try_file.hpp).
// Nothing of that needs davit: after kill -9 of davit, a closed terminal or a full pipe the step
// goes on, its log is whole and its end is known. A successor finds the try file locked, follows
// the log and waits.
//
// A step ends when its own process does. What it left running keeps running: its output is read by
// a process that outlives the supervisor and dropped, so that no server dies of a closed pipe.
//
// After `timeout`, or when the supervisor gets SIGTERM, the step's group gets TERM, after `grace`
// (or a second SIGTERM) KILL, and is watched until it is gone; orphans of the step become the
// supervisor's, so none is missed for want of an init that reaps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/clock/clock.hpp"
#include "core/secrets/mask.hpp"
#include "definitions/result.hpp"

namespace davit {

struct Launch {
  std::vector<std::string> arguments;    // the first is looked up in PATH
  std::vector<std::string> environment;  // NAME=value, all of it
  std::string directory;
  std::string step;   // its name in the log
  int log = -1;       // open for appending
  int try_file = -1;  // from make_try_file
  const Mask& mask;
  const Clock& clock;
  std::optional<Duration> timeout;
  Duration grace{5000};
};

// A supervisor that is ours to wait for.
struct Launched {
  int process = 0;
  int bell =
      -1;  // readable when the log grew; at its end when the supervisor is gone. Ours to close
};

// Fails when the machine can't make another process. That a program can't be started is told by the
// try file.
Result<Launched> launch(const Launch&);

}  // namespace davit
