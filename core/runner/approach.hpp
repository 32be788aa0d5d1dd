// SPDX-License-Identifier: MIT
// The approach to the targets: ways there are made while the ledger is still written, because to
// get there takes longer than anything else that a short deployment does.
//
//   Approach approach(reach, hosts, ledger);
//   approach.begin({"web1", "web2"});  // on a thread of its own
//   …                                  // the ledger says that the deployment has started
//   execute(request, approach, …);     // from here on the caller's thread turns the loop
//
// Nothing is done there yet: a shell is opened and told where davit keeps its files. What can't be
// reached is tried again, and told, by the step that wants it.
#pragma once

#include <string>
#include <thread>
#include <vector>

#include "core/process/descriptor.hpp"
#include "core/runner/loop.hpp"
#include "core/runner/targets.hpp"

namespace davit {

class Approach {
 public:
  // `ledger`: the id of the one whose facts the targets keep.
  Approach(Reach reach, std::vector<Host> hosts, std::string ledger);
  ~Approach() { arrive(); }
  Approach(const Approach&) = delete;
  Approach& operator=(const Approach&) = delete;

  // Begins to reach these; once. Until arrive(), nobody else may touch loop or targets.
  void begin(std::vector<std::string> targets);
  void arrive();

  Loop& loop() { return loop_; }
  Targets& targets() { return targets_; }

 private:
  QuietSignals quiet_;
  Reach reach_;
  std::vector<Host> hosts_;
  Loop loop_;
  Targets targets_;
  Pipe arrived_;  // its end of file tells the thread
  std::thread thread_;
};

}  // namespace davit
