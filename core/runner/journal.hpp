// SPDX-License-Identifier: MIT
// The journal: what this clone knows of one deployment's steps, written and synced before and
// after every step on every target, so that after any crash the answer is never a guess.
//
// A folder, <common>/davit/runs/NAME/N/ENVIRONMENT/ATTEMPT, that only its owner may read:
//
//   journal       JSON lines, appended only: a begin for each try, an end for each step. A line cut
//                 short by a crash or a full disk counts as not written
//   alive         locked (flock) by the runner as long as it lives; the kernel lets go of it
//   log           all output, masked, as log_writer.hpp says
//   steps/I.T     what became of try T of step I, told by its supervisor (try_file.hpp), which
//   outlives
//                 the runner; while the try runs, its script and its outputs lie beside it
//
// Room for what is still to be written is taken when the journal is opened, so that a disk that a
// step fills does not take its end from the record.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/events/event.hpp"
#include "core/process/descriptor.hpp"
#include "core/runner/try_file.hpp"
#include "definitions/result.hpp"

namespace davit {

// What is known of one step × target.
//   not_started: nothing of it ever ran, or all that may have run can be run again without harm
//   (an upload, a link, a wait, a GET). running: begun, and it lives. uncertain: begun, no end, and
//   nobody can tell. done: ended, `record` says how.
enum class Progress { not_started, running, uncertain, done };

using Outputs = std::vector<std::pair<std::string, std::string>>;  // name, value

struct StepProgress {
  int index = 0;
  std::string target;
  std::string step;  // its name
  Progress progress = Progress::not_started;
  StepRecord record;    // done
  Outputs outputs;      // done: for later steps
  bool remote = false;  // begun on a target, which knows more
  bool ended = false;   // done: the runner saw the end, and not only the supervisor
  int tries = 0;        // begun
  Instant began{};      // of the last try
  TryState last;        // of the last try
};

struct Begin {
  int index = 0;
  std::string target;
  std::string step;
  int attempt = 1;          // the try
  bool repeatable = false;  // running it twice does no harm
  bool remote = false;      // the target knows what became of it
};

class Journal {
 public:
  // The folder of one deployment in this clone; `private_directory` is <common>/davit.
  static std::string folder(const std::string& private_directory, const std::string& definition,
                            const DeploymentId&);

  // Makes the folder and begins, or goes on with what is there. Fails with `busy` while another
  // process holds it, and when the disk has no room for it.
  static Result<Journal> open(const std::string& folder);
  // What it says, by index and target, for anyone who looks; empty when there is no journal here.
  static Result<std::vector<StepProgress>> read(const std::string& folder);
  // The same for the runner that holds it, and has begun nothing yet.
  Result<std::vector<StepProgress>> left() const;
  // Whether a living runner holds it.
  static bool alive(const std::string& folder);
  // steps/INDEX.TRY in the folder.
  static std::string try_path(const std::string& folder, int index, int attempt);

  // Each is on the disk when it returns.
  Outcome begin(const Begin&, Instant at);
  Outcome end(int index, const StepRecord&, const Outputs&, Instant at);
  // The same for many targets at once: on the disk when sync() returns, which waits once for all.
  Outcome put(const Begin&, Instant at);
  Outcome put(int index, const StepRecord&, const Outputs&, Instant at);
  Outcome sync();

 private:
  Journal(std::string folder, Descriptor file, Descriptor alive)
      : folder_(std::move(folder)), file_(std::move(file)), alive_(std::move(alive)) {}
  Outcome append(const std::string& line);

  std::string folder_;
  Descriptor file_;
  Descriptor alive_;  // locked
  bool synced_ = true;
};

}  // namespace davit
