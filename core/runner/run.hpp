// SPDX-License-Identifier: MIT
// One run of a plan: what its steps share while they are done.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/runner/journal.hpp"
#include "core/runner/log_follower.hpp"
#include "core/runner/logged_lines.hpp"
#include "core/runner/loop.hpp"
#include "core/runner/runner.hpp"
#include "core/secrets/mask.hpp"

namespace davit {

struct Cargo;  // cargo.hpp

// What people want stopped. Signals are asked for at this machine; a cancel in the ledger.
struct Halt {
  int signals = 0;
  int signal = 0;  // the last one
  bool canceled = false;
  int endings = 0;  // how often running steps were asked to end

  bool stopping() const { return signals > 0; }  // nothing new begins
};

struct Run {
  const RunRequest& request;
  Teller& teller;
  const Clock& clock;
  Loop& loop;
  Journal& journal;
  LogFollower& log;
  Mask mask;  // of all secrets asked for so far
  Halt halt;
  Outputs outputs;  // of the steps so far
  // What upload steps send to targets: artifact, whether it is unpacked.
  std::map<std::pair<std::string, bool>, std::shared_ptr<const Cargo>> cargoes = {};
  LoggedLines logged = {};  // by earlier runners
};

// A step on a target.
struct Spot {
  const PlannedStep& planned;
  const std::string& target;
  Duration patience{};  // with a target that can't be reached
  const Step& step() const { return planned.step; }
};

// What a record of it says before anything is known.
StepRecord record_of(const Spot&);

// What one try came to. `open`: it was left before its end because davit is to stop, and can be
// begun again.
struct Tried {
  StepRecord::Status status = StepRecord::Status::succeeded;
  std::string message;
  Outputs outputs;
  bool open = false;
};

// A try that failed of this.
Tried failed_by(const Error&);

// What a step is called in the log: "Copy", or on a target "Copy@web1".
std::string name_in_log(const Spot&);

// A line of davit's own in the log.
void note(Run&, const Spot&, std::string_view text);

// A path of a step: relative ones start at the repository's top.
std::string placed(const Run&, const std::string& path);

}  // namespace davit
