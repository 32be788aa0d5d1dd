// SPDX-License-Identifier: MIT
// How a deployment is told at the desk: one line at the end on a terminal with a live line while it
// runs; every line of output, with time and step, where nobody watches (CI, a pipe, --verbose).
#pragma once

#include <deque>
#include <string>

#include "cli/desk.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

class DeskTeller final : public Teller {
 public:
  DeskTeller(Desk& desk, bool verbose);

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
  void live(const std::string& text);
  void clear_live();

  Desk& desk_;
  bool lines_;         // every line is printed
  bool live_ = false;  // a live line stands on the terminal
  std::string title_;
  int done_ = 0, total_ = 0;
  std::deque<std::string> tail_;  // of the step that runs or failed
  std::string failed_step_;
  Instant shown_{};
};

}  // namespace davit
