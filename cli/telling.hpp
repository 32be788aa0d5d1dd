// SPDX-License-Identifier: MIT
// How a deployment is told at the desk: one line at the end on a terminal with a live line while it
// runs; every line of output, with time and step, where nobody watches (CI, a pipe, --verbose). In
// CI each step is a group, in which nothing that the step prints is read as a command, and a step
// that failed is annotated where it was written.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "cli/desk.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

class DeskTeller final : public Teller {
 public:
  DeskTeller(Desk& desk, bool verbose);
  DeskTeller(const DeskTeller&) = delete;
  DeskTeller& operator=(const DeskTeller&) = delete;
  ~DeskTeller() override;

  // Said when a deployment begins: what goes where.
  void starting(const Case&);

  void step_started(const PlannedStep&, const std::string& target, int attempt) override;
  void line(const PlannedStep&, const std::string& target, std::string_view text,
            bool error) override;
  void step_finished(const PlannedStep&, const StepRecord&) override;
  void note(std::string_view text) override;

  // The last lines of the step that failed, with where the whole log is.
  void tell_failure(const Deployed&, const std::string& log);

 private:
  void begin(const std::string& title);
  void end_group();
  void annotate(const PlannedStep&, const StepRecord&);
  void live(const std::string& text);
  void clear_live();

  Desk& desk_;
  bool lines_;                     // every line is printed
  bool live_ = false;              // a live line stands on the terminal
  std::optional<LogGroup> group_;  // of the step that runs
  std::string token_;              // with which commands are read again
  int groups_ = 0;
  std::string title_;
  int done_ = 0, total_ = 0;
  std::deque<std::string> tail_;  // of the step that runs or failed
  std::string failed_step_;
  Instant shown_{};
};

}  // namespace davit
