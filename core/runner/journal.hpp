// SPDX-License-Identifier: MIT
// The journal: what this clone knows of one deployment's steps, written and synced before and
// after every step on every target, so that after any crash the answer is never a guess.
//
// A file of JSON lines, appended only: <common>/davit/runs/NAME/N/ENVIRONMENT/ATTEMPT/journal.
// Beside it stand `plan.json`, `log` (all output, masked) and `alive`, which the runner holds
// locked (flock) as long as it lives: the kernel lets go of it, however the runner ends.
// A line cut short by a crash or a full disk counts as not written.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/events/event.hpp"
#include "core/plan/plan.hpp"
#include "definitions/result.hpp"

namespace davit {

// What is known of one step × target.
//   not_started: no line. running: begun, its process lives. uncertain: begun, no end, and nobody
//   can tell. done: ended, `record` says how.
enum class Progress { not_started, running, uncertain, done };

struct StepProgress {
  int index = 0;
  std::string target;
  Progress progress = Progress::not_started;
  StepRecord record;  // done
  std::vector<std::pair<std::string, std::string>> outputs;  // name, value: for later steps
};

class Journal {
 public:
  // The folder of one deployment in this clone.
  static std::string folder(const std::string& private_directory, const std::string& definition,
                            const DeploymentId&);

  // Makes the folder and begins, or goes on with what is there. Fails with `busy` while another
  // process holds it.
  static Result<Journal> open(const std::string& folder);
  // What it says, for someone who only looks; empty when there is no journal here.
  static Result<std::vector<StepProgress>> read(const std::string& folder);
  // Whether a living process holds it.
  static bool alive(const std::string& folder);

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();

  // Each is on the disk when it returns.
  Outcome begin(int index, const std::string& target, int attempt);
  Outcome process(int index, const std::string& target, int pid, std::int64_t started);
  Outcome end(int index, const StepRecord&,
              const std::vector<std::pair<std::string, std::string>>& outputs);

 private:
  Journal() = default;
  int file_ = -1;
  int alive_ = -1;
};

}  // namespace davit
