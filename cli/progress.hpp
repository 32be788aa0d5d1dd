// SPDX-License-Identifier: MIT
// How far something is that takes longer than a second: amount, rate and time left, on one line
// of standard error that is taken away at the end. Only on a terminal; nowhere else, and not with
// --quiet, a word is said.
#pragma once

#include <cstdint>
#include <string>

#include "cli/desk.hpp"

namespace davit {

class ProgressLine {
 public:
  enum class Unit { things, bytes };

  // total 0: not known.
  ProgressLine(Desk&, std::string what, std::int64_t total, Unit = Unit::things);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  // So much is done now, counted from the start. Cheap; may be called often.
  void at(std::int64_t done);

 private:
  std::string line(std::int64_t done, Duration passed) const;

  Desk& desk_;
  std::string what_;
  std::int64_t total_;
  Unit unit_;
  Instant start_, shown_{};
};

// "812 B", "12.4 MB", "1.1 GB": decimal, three figures.
std::string size_text(std::int64_t bytes);

}  // namespace davit
