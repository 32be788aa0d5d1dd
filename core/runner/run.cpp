// SPDX-License-Identifier: MIT
#include "core/runner/run.hpp"

#include "core/runner/log_writer.hpp"

namespace davit {

std::string name_in_log(const Spot& spot) {
  return spot.step().name + (spot.target == kLocal ? "" : "@" + spot.target);
}

void note(Run& run, const Spot& spot, std::string_view text) {
  LogWriter(run.log.file(), name_in_log(spot), run.mask, run.clock).note(text);
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
