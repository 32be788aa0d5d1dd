// SPDX-License-Identifier: MIT
// Where the lines of a run go: on a terminal above a block that is drawn over and over; elsewhere
// each with its time, and in CI in groups in which nothing is read as a command.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/desk.hpp"
#include "cli/painter.hpp"

namespace davit {

class Scribe {
 public:
  explicit Scribe(Desk&);
  Scribe(const Scribe&) = delete;
  Scribe& operator=(const Scribe&) = delete;
  ~Scribe();

  // Whether somebody watches a terminal; not with --quiet or --json, nor in CI.
  bool live() const { return painter_ != nullptr; }

  // What the lines to come are about: on a terminal it is shown with the block, and stays when one
  // of them does.
  void heading(const std::string&);
  void line(const std::string&);
  // davit's own word, without a time, at once.
  void note(const std::string&);

  // Lines that belong together: a line above them, or a group.
  void begin(const std::string& title);
  void end();

  // The block, on a terminal.
  void frame(std::vector<std::string> rows);
  void clear();

  // When something was said last.
  Instant spoken() const { return spoken_; }

 private:
  void above(const std::string&);

  Desk& desk_;
  std::unique_ptr<Painter> painter_;  // on a terminal
  std::string heading_;               // not said yet
  std::optional<LogGroup> group_;
  std::string token_;  // with which commands are read again
  int groups_ = 0;
  Instant spoken_{};
};

// "14:03:07"
std::string clock_time(Instant);

}  // namespace davit
