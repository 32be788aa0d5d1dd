// SPDX-License-Identifier: MIT
// The course of a run: which step comes next, which does not run and why, and where it stops.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/runner/receipts.hpp"
#include "core/runner/run.hpp"
#include "core/runner/targets.hpp"

namespace davit {

class Course {
 public:
  // `left`: what the journal knew when this run began.
  Course(Run& run, Targets& targets, std::vector<StepProgress> left);

  // Every step in the plan's order, up to the end or where it stops.
  Result<RunReport> go();

 private:
  // Whether to go on with the next one.
  Result<bool> pass(const Round&);
  Result<bool> pass(const Spot&);
  Result<bool> pass_together(const Round&);
  // Those of the round that have something left to do; the others are taken as they are.
  Result<std::vector<std::string>> left_to_do(const Round&);
  // Those that have done all of their part with this round remember it.
  void give_receipts(const Round&);
  // A target that failed; one where nothing was tried can't be reached.
  void count(const Round&, const StepRecord&);
  Result<bool> go_past_manual(const Spot&);
  bool must_ask(const Spot&, const StepProgress&) const;
  bool nobody_can_tell();
  // Why the step does not run; empty when it does.
  std::string skipped(const Step&, const std::string& target) const;
  // A record into the report, and before that to the teller.
  bool take(const Spot&, StepRecord);
  bool tell(const Spot&, StepRecord);
  bool stop(RunReport::End, const Spot&, std::string message);
  const StepProgress* left(const Spot&) const;
  const PlannedStep& planned(const Round&) const;
  void finish();

  Run& run_;
  std::map<std::pair<int, std::string>, StepProgress> left_;
  RunReport report_;
  std::string failed_;                            // the first step that failed
  std::map<std::string, std::string> failed_on_;  // target: the step, or why it is left behind
  Targets& targets_;
  Receipts receipts_;
  std::map<std::string, const Round*> last_;  // of each target
  std::set<std::string> in_part_;             // targets where something was left out
  std::size_t behind_ = 0;                    // of these: left behind, and no failure
  std::set<std::pair<int, std::string>> recorded_;
  bool partial_ = false;
};

}  // namespace davit
