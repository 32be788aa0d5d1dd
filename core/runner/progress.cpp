// SPDX-License-Identifier: MIT
// What became of the steps: the journal's lines, and what the tries' own files say.
#include <cerrno>
#include <fstream>
#include <iterator>

#include "core/runner/ending.hpp"
#include "core/runner/journal.hpp"
#include "core/runner/journal_line.hpp"

namespace davit {

namespace {

void settle_ended(StepProgress& step) {
  step.progress =
      step.record.status == StepRecord::Status::uncertain ? Progress::uncertain : Progress::done;
}

// Begun, and the runner did not live to see the end.
void settle_begun(StepProgress& step, const JournalEntry& entry, bool runner_lives) {
  const bool here = entry.boot == boot_id();
  const bool target_knows = step.remote && !entry.repeatable;
  if (!target_knows && step.last.end && !step.last.locked) {
    step.progress = Progress::done;
    step.record = ending(*step.last.end).record;
    step.record.step = step.step;
    step.record.target = step.target;
    step.record.tries = step.tries;
    settle_ended(step);
  } else if (target_knows || step.last.locked || runner_lives) {
    // For all that is known here; or its supervisor lives; or the runner does it itself, or is
    // about to start it.
    step.progress = Progress::running;
  } else if (entry.repeatable || (here && !step.last.start)) {
    step.progress = Progress::not_started;
  } else {
    step.progress = Progress::uncertain;
  }
}

Result<std::vector<StepProgress>> read_folder(const std::string& folder, bool runner_lives) {
  const auto path = folder + "/journal";
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    if (errno == ENOENT || errno == ENOTDIR) return std::vector<StepProgress>{};
    return Error{"can't read the journal " + path, "it belongs to whoever ran the deployment"};
  }
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::vector<StepProgress> out;
  for (auto& entry : read_journal_lines(text)) {
    auto& step = entry.step;
    if (step.tries > 0)
      step.last = read_try_file(Journal::try_path(folder, step.index, step.tries));
    if (step.ended)
      settle_ended(step);
    else
      settle_begun(step, entry, runner_lives);
    out.push_back(std::move(step));
  }
  return out;
}

}  // namespace

Result<std::vector<StepProgress>> Journal::read(const std::string& folder) {
  return read_folder(folder, alive(folder));
}

Result<std::vector<StepProgress>> Journal::left() const { return read_folder(folder_, false); }

}  // namespace davit
