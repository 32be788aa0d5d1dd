// SPDX-License-Identifier: MIT
// How a deployment is told at the desk.
//
// What steps print is told line by line, with the step and the target. One or two targets are told
// as they print; of more, what they print alike is told once (folding.hpp). On a terminal a block
// below says how far it is; of it the rows of batches stay. Elsewhere each step has a line when it
// begins and when it has ended, and what takes long is told of once a minute, so that no log is
// silent. In CI each step is a group over its targets, and a step that failed is annotated where it
// was written. With `verbose` nothing is held back or folded.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/folding.hpp"
#include "cli/run_picture.hpp"
#include "cli/scribe.hpp"
#include "cli/tails.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

class DeskTeller final : public Teller {
 public:
  DeskTeller(Desk& desk, bool verbose);
  DeskTeller(const DeskTeller&) = delete;
  DeskTeller& operator=(const DeskTeller&) = delete;
  ~DeskTeller() override;

  // Said when a deployment begins: what goes where. `lasted`: how long its steps took before.
  void starting(const Case&, const std::map<std::string, Duration>& lasted);

  void round_started(const Round&) override;
  void step_started(const PlannedStep&, const std::string& target, int attempt) override;
  void line(const PlannedStep&, const std::string& target, std::string_view text,
            bool error) override;
  void progress(const PlannedStep&, const std::string& target, std::int64_t done,
                std::int64_t total) override;
  void retrying(const PlannedStep&, const std::string& target, const FailedTry&) override;
  void step_finished(const PlannedStep&, const StepRecord&) override;
  void was_done(const PlannedStep&, const StepRecord&) override;
  void round_ended(const Round&) override;
  void note(std::string_view text) override;
  void moment() override;

  // Said when it has ended: what became of the targets; of the first failure its last lines, where
  // they are not the last that were told, and what shows all of them.
  void ended(const std::string& definition, const Deployed&);

 private:
  struct Failure {
    std::string step, target;
    Tails::Lines tail;
    bool buried = false;  // under what was told afterwards
  };

  void announce(const PlannedStep&);
  void tell_line(const PlannedStep&, const std::string& target, const std::string& text);
  void finish_round();
  void tell_result(const std::vector<StepRecord>&);
  void tell_results();
  void annotate();
  void remember_failure();
  void pulse(Instant now);

  Desk& desk_;
  bool verbose_;
  Scribe scribe_;
  std::string title_;
  RunPicture picture_;
  Tails tails_;
  std::optional<Failure> failure_;  // the first

  // Of the round that runs.
  std::optional<Round> round_;
  std::optional<PlannedStep> planned_;          // from when it begins anywhere
  std::map<std::string, std::size_t> numbers_;  // of its targets
  std::vector<StepRecord> records_;
  std::unique_ptr<Folding> folding_;  // where it folds
  struct ToldTry {
    std::string why;
    Instant at{};
  };
  std::map<std::string, ToldTry> told_tries_;  // by target: the last that was told
};

}  // namespace davit
