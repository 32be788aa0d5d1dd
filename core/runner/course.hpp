// SPDX-License-Identifier: MIT
// The course of a run: which step comes next, which does not run and why, and where it stops.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/runner/run.hpp"

namespace davit {

class Course {
 public:
  // `left`: what the journal knew when this run began.
  Course(Run& run, std::vector<StepProgress> left);

  // Every step in the plan's order, up to the end or where it stops.
  Result<RunReport> go();

 private:
  // Whether to go on with the next step.
  Result<bool> pass(const Spot&);
  Result<bool> go_past_manual(const Spot&);
  bool must_ask(const Spot&, const StepProgress&) const;
  bool nobody_can_tell();
  // Why the step does not run; empty when it does.
  std::string skipped(const Step&) const;
  bool take(const Spot&, StepRecord, bool told);
  bool stop(RunReport::End, const Spot&, std::string message);
  const StepProgress* left(const Spot&) const;
  void finish();

  Run& run_;
  std::map<std::pair<int, std::string>, StepProgress> left_;
  RunReport report_;
  std::string failed_;  // the first step that failed
  bool partial_ = false;
};

}  // namespace davit
