// SPDX-License-Identifier: MIT
// The runner: does what a plan says, here, and nothing else.
//
// Each run step is a process group of its own with stdin closed, under a supervisor that outlives
// davit (supervisor.hpp); its output comes line by line, is masked once, logged and told. Timeouts
// and cancels end the whole group: TERM, then KILL. The journal is synced around every step.
//
// Which steps run: `success` while nothing failed, `failure` once something did, `always` in any
// case, also after a cancel. What does not run is recorded as skipped, with the reason. A condition
// (`if`) runs like a step; exit status 0 lets the step run, 126, 127 and signals fail it (a
// mistyped command is no answer), any other skips it. A failure with continue_on_error makes the
// whole partial.
//
// Again: a step that ended is never run again, but for one that was ended in the middle: that one,
// and one nobody can tell of, only when it is `idempotent` or `run_uncertain` says so.
//
// Steps find davit's environment (without git's own variables), the plan's values, what earlier
// steps handed on, and DAVIT_STEP, DAVIT_TRY, DAVIT_OUTPUT, DAVIT_REPOSITORY and
// DAVIT_ARTIFACT_<NAME>, the file of each artifact.
//
// Knows nothing of the ledger: whoever calls appends DeploymentStarted before, and what comes back
// after.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/clock/clock.hpp"
#include "core/events/event.hpp"
#include "core/plan/plan.hpp"
#include "core/runner/journal.hpp"
#include "definitions/result.hpp"

namespace davit {

class Approach;    // approach.hpp
struct FailedTry;  // ending.hpp

// How a deployment is told while it runs. Called on the loop's thread; must not block for long.
class Teller {
 public:
  virtual ~Teller() = default;
  virtual void step_started(const PlannedStep&, const std::string& target, int attempt) = 0;
  // One line of a step's output, masked, without its newline, at most 64 KiB, as plain_line.hpp
  // leaves it; `error`: from stderr.
  virtual void line(const PlannedStep&, const std::string& target, std::string_view text,
                    bool error) = 0;
  // So many bytes of an upload have been sent there, of so many if nothing of it is there.
  virtual void progress(const PlannedStep&, const std::string& /*target*/, std::int64_t /*done*/,
                        std::int64_t /*total*/) {}
  // As soon as it has ended there, whatever still runs elsewhere.
  virtual void step_finished(const PlannedStep&, const StepRecord&) = 0;
  // A try there failed, and another will come.
  virtual void retrying(const PlannedStep&, const std::string& /*target*/, const FailedTry&) {}
  // "stopping after the running steps", "took over", …
  virtual void note(std::string_view text) = 0;

  // The targets of a round begin with its step; all of them have ended it, or were left as they
  // are. Not ended where davit could not do its own part.
  virtual void round_started(const Round&) {}
  virtual void round_ended(const Round&) {}
  // What an earlier runner brought to its end.
  virtual void was_done(const PlannedStep&, const StepRecord&) {}
  // About ten times a second, whatever happens.
  virtual void moment() {}
};

struct RunRequest {
  Plan plan;
  DeploymentId deployment;
  std::string folder;      // the journal's
  std::string repository;  // git's common directory: commands see its top level read-only
  std::string checkout;    // a clean checkout of the release's commit, where run steps start
  std::map<std::string, std::string> artifact_paths;  // name -> file in the store
  int fence = 0;                                      // of the lease: targets refuse a lower one
  bool run_uncertain = false;  // the person said yes: uncertain steps run again
  bool dry = false;            // nothing is done: local steps are told, like what targets would be
  std::string go_on_past_manual;  // the name of the manual step that a person answered; or empty
};

// What the world says while steps run; asked about once a second.
struct Interrupts {
  std::function<bool()> cancel_asked;  // the ledger says CancelAsked
  std::function<void()> heartbeat;     // the lease may need extending
};

struct RunReport {
  enum class End {
    finished,     // every step has its end: `ended` says how
    manual,       // stands at a manual step
    interrupted,  // a signal stopped it; what ran is recorded
    uncertain,    // of steps nobody can tell, and nobody said to run them again
  };
  End end = End::finished;
  Ended ended = Ended::succeeded;
  std::vector<StepRecord> steps;  // every step × target of the plan
  std::string at;                 // the step it stands at, or that failed first
  std::string message;            // the first failure; the manual step's instructions
  Duration took{};                // of this run
  Digest log;                     // of the whole log
  int signal = 0;                 // that interrupted it
};

// Runs what the journal does not show as done; what still runs from before is waited for. The
// plan's hosts are reached by the approach, which may have begun. SIGINT, SIGTERM and SIGHUP are
// the loop's while it runs: the first stops after the running steps, the second ends them, the
// third at once. Output to a closed pipe or terminal never ends it.
//
// An error means that davit could not do its own part: `busy` while another runs it, no room for
// the journal, a journal of another plan. Whatever was begun is in the journal then, too.
Result<RunReport> execute(const RunRequest&, Approach&, Teller&, const Clock&, const Interrupts&);

}  // namespace davit
