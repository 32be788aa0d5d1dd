// SPDX-License-Identifier: MIT
// Golden files: what a command prints, kept in tests/commands/golden/NAME.txt and compared whole.
//
//   DeskOnStrings desk;
//   CHECK(run({"status"}, desk.desk()) == ExitStatus::done);
//   golden("status-two-definitions", desk.told());
//
// DAVIT_ACCEPT=1 writes what is printed now into the files, and says so.
#pragma once

#include <map>
#include <string>

#include "cli/desk.hpp"

namespace davit {

// Compares and reports a difference as a failed check.
void golden(const std::string& name, const std::string& told);

// A clock that stands until it is told to go on. 2026-11-22T14:03:00Z to begin with.
class HandClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  void advance(Duration by) { now_ += by; }

 private:
  Instant now_{std::chrono::seconds(1795356180)};
};

// A desk on strings: no terminal, no colours, UTF-8, times of day in UTC.
struct DeskOnStrings {
  DeskOnStrings();

  HandClock clock;
  std::string out, err;
  std::map<std::string, std::string> environment;
  Desk desk;

  // Somebody at the terminal, who will type this.
  void somebody_types(const std::string& lines);
  // What was printed since the last time: standard output, then standard error under "--- talk".
  std::string told();
};

}  // namespace davit
