// SPDX-License-Identifier: MIT
#include "core/runner/run.hpp"

#include "core/runner/log_writer.hpp"

namespace davit {

void note(Run& run, const Step& step, std::string_view text) {
  LogWriter(run.log.file(), step.name, run.mask, run.clock).note(text);
}

StepRecord record_of(const Spot& spot) {
  StepRecord record;
  record.phase = spot.planned.phase;
  record.step = spot.step().name;
  record.target = spot.target;
  record.reversible = spot.step().reversible;
  return record;
}

Tried failed_by(const Error& error) {
  return {StepRecord::Status::failed,
          error.hint.empty() ? error.message : error.message + "; " + error.hint,
          {}};
}

std::string placed(const Run& run, const std::string& path) {
  return path.starts_with('/') ? path : run.request.repository + "/" + path;
}

}  // namespace davit
