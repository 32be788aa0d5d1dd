// SPDX-License-Identifier: MIT
#include "core/runner/ending.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstring>

namespace davit {

namespace {

using Status = StepRecord::Status;

std::string how_it_ended(const TryEnd& end) {
  if (end.status == 0) return "";
  if (end.signals && end.status > 128 && end.status < 128 + NSIG)
    return fmt::format("ended by signal {} ({})", end.status - 128, ::strsignal(end.status - 128));
  return fmt::format("exit status {}", end.status);
}

}  // namespace

std::string text(const FailedTry& failed) {
  return fmt::format("try {} of {}: {}; again in {}", failed.number, failed.of, failed.why,
                     text(failed.pause));
}

Ending ending(const TryEnd& end) {
  StepRecord record;
  record.took = end.took;
  record.status = end.status == 0 ? Status::succeeded : Status::failed;
  switch (end.why) {
    case TryEnd::Why::itself:
      record.message = how_it_ended(end);
      break;
    case TryEnd::Why::timeout:
      record.status = Status::failed;
      record.message = "took too long and was ended after " + rough(end.took);
      break;
    case TryEnd::Why::asked:
      record.status = Status::canceled;
      record.message = "ended on request after " + rough(end.took);
      break;
    case TryEnd::Why::unstarted:
      record.status = Status::failed;
      record.message = fmt::format("could not be started: {}", std::strerror(end.status));
      break;
  }
  if (!end.gone) {
    record.status = Status::uncertain;
    record.message += "; some of its processes could not be ended";
  }
  return {std::move(record), !end.log_whole};
}

}  // namespace davit
