// SPDX-License-Identifier: MIT
// The step's own process, as its supervisor starts it.
#pragma once

namespace davit {

struct Launch;

struct StepProcess {
  int id = 0;                    // of the process, and of its group
  int output = -1, errors = -1;  // the reading ends of its streams; not blocking
};

// 0, or the errno that kept it from starting: of making a process, entering the directory or
// running the program.
int start_step(const Launch&, StepProcess&);

}  // namespace davit
