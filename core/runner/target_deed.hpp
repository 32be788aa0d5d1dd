// SPDX-License-Identifier: MIT
// What one kind of step does on a target: runs a script, say. The rest of it (the way there, the
// journal, tries, time) is TargetStep's.
//
// On the loop: every function returns at once. A deed says by `settle` how a try of it ended; once,
// and never from within ask() of another.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/runner/environment.hpp"
#include "core/runner/log_writer.hpp"
#include "core/runner/run.hpp"
#include "core/runner/targets.hpp"
#include "core/runner/try_file.hpp"

namespace davit {

// Where a deed is done, and who hears of it.
struct Site {
  Run& run;
  Targets& targets;
  Spot spot;
  std::string key;    // of the deployment, to the target
  std::string place;  // what the fence on the target guards
  const StepEnvironment& values;
  LogWriter& log;
  Instant began;  // of the try that is told of
  std::function<void(Tried)> settle;
  std::function<void()> not_begun;         // the target never heard of this try
  std::function<void(const Error&)> lost;  // the way was dropped; another is to be made

  // Where there is a way; where there is none, that will be heard.
  void say(const std::string& text) const;
  // That of the target's shell.
  const Tongue& tongue() const;
};

class TargetDeed {
 public:
  virtual ~TargetDeed() = default;
  // Begins a try that the target has not heard of. `name`: of the try, "3.1@web1".
  virtual void begin(const std::string& name, int attempt) = 0;
  // There is a new way, and the target may have heard of it.
  virtual void ask(const std::string& name, int attempt) = 0;
  virtual void hear(const Answer&) = 0;
  virtual void take(std::string_view bytes) = 0;
  // Asks it to end; the second time with no regard.
  virtual void end(TryEnd::Why why) = 0;
  // Its end is in the journal, or another try comes: what the target keeps of it is not needed.
  virtual void forget() = 0;
};

// The one that does this step.
std::unique_ptr<TargetDeed> target_deed(const Site&);
// The one that asks whether its condition holds; null where it has none. Settles as skipped where
// it doesn't.
std::unique_ptr<TargetDeed> target_condition(const Site&);

}  // namespace davit
