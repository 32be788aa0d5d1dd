// SPDX-License-Identifier: MIT
#include "cli/unfinished.hpp"

#include <fmt/format.h>

namespace davit {

Result<std::vector<StepProgress>> progress_of(Office& office, const Case& seen) {
  const auto* attempt = seen.release->attempt(seen.environment->name);
  if (!attempt) return std::vector<StepProgress>{};
  return Journal::read(
      Journal::folder(office.repository.private_directory(), seen.rules.definition.name,
                      {seen.release->number, seen.environment->name, attempt->number}));
}

bool unsure(const StepProgress& step) {
  return step.progress == Progress::uncertain ||
         (step.progress == Progress::done && step.record.status == StepRecord::Status::canceled);
}

void print_progress(Desk& desk, const Case& seen, const std::vector<StepProgress>& steps) {
  int done = 0;
  std::string open;
  for (const auto& step : steps) {
    if (step.progress == Progress::done && !unsure(step)) ++done;
    if (step.progress != Progress::running && !unsure(step)) continue;
    const auto index = static_cast<std::size_t>(step.index);
    if (index >= seen.plan.steps.size()) continue;
    open += fmt::format(", {}: {}{}", step.progress == Progress::running ? "running" : "uncertain",
                        seen.plan.steps[index].step.name,
                        step.target == kLocal ? "" : " on " + step.target);
  }
  desk.say("{} → {}: {} of {} steps done{}", text(seen.plan.release), seen.environment->name, done,
           in_all(seen.plan), open);
}

}  // namespace davit
