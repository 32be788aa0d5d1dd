// SPDX-License-Identifier: MIT
#include "cli/dry_running.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/conducting.hpp"
#include "cli/host_names.hpp"
#include "cli/terminal_text.hpp"
#include "core/deployment/dry_run.hpp"

namespace davit {

namespace {

class DryTeller final : public Teller {
 public:
  explicit DryTeller(Writer& out) : out_(out) {}

  void round_started(const Round& round) override {
    round_ = &round;
    texts_.clear();
  }

  void step_started(const PlannedStep&, const std::string&, int) override {}

  void line(const PlannedStep&, const std::string& target, std::string_view text, bool) override {
    texts_[target] += "       " + terminal_line(text) + "\n";
  }

  void step_finished(const PlannedStep& planned, const StepRecord& record) override {
    planned_ = &planned;
    auto& text = texts_[record.target];
    if (record.status == StepRecord::Status::skipped)
      text = "       " + out_.style.old("left out: " + terminal_line(record.message)) + "\n";
    else if (record.status != StepRecord::Status::succeeded)
      text += "       " + out_.style.failed("✘") + " " + terminal_line(record.message) + "\n";
  }

  void round_ended(const Round& round) override {
    std::vector<std::pair<std::string, std::vector<std::string>>> alike;
    for (const auto& target : round.targets) {
      const auto& text = texts_[target];
      const auto same = std::find_if(alike.begin(), alike.end(),
                                     [&](const auto& group) { return group.first == text; });
      if (same == alike.end())
        alike.push_back({text, {target}});
      else
        same->second.push_back(target);
    }
    for (const auto& [text, targets] : alike) tell(text, targets);
  }

  void note(std::string_view text) override { out_.line("{}", terminal_line(text)); }

 private:
  void tell(const std::string& text, const std::vector<std::string>& targets) {
    if (!planned_) return;
    const bool local = targets.front() == kLocal;
    std::vector<std::string> names;
    for (const auto& target : targets) names.push_back(terminal_line(target));
    if (!local) tell_batch();
    out_.line("{:>3}  {}   {}   {}", planned_->index + 1,
              out_.style.bold(terminal_line(planned_->step.name)), kind(planned_->step.action),
              local ? "here" : host_names(names));
    out_.write(text);
  }

  void tell_batch() {
    if (round_->batches > 1 && batch_ != round_->batch)
      out_.line("batch {} of {}", round_->batch + 1, round_->batches);
    batch_ = round_->batch;
  }

  Writer& out_;
  int batch_ = -1;  // that was told of last
  const Round* round_ = nullptr;
  const PlannedStep* planned_ = nullptr;
  std::map<std::string, std::string> texts_;  // of the round's targets
};

}  // namespace

Result<ExitStatus> run_dry(Office& office, Desk& desk, const Subject& subject) {
  if (desk.settings.json)
    return Error{"a dry run is told in words alone",
                 "davit plan --json has steps, values and targets",
                 {},
                 Failure::misused};
  DAVIT_TRY(const auto seen, look_at(office.registry(), subject, desk.clock.now()));
  const auto verdict = seen.verdict();
  if (!seen.plan.unsupported.empty()) return say_obstacles(desk, seen, verdict);
  const auto& plan = seen.plan;
  desk.out.line("{} → {}   dry run: nobody is reached, nothing is done   plan {}{}",
                text(plan.release), plan.environment, digest(plan).abbreviated(),
                plan.narrowing.empty() ? "" : "   " + terminal_line(plan.narrowed()));
  DryTeller teller(desk.out);
  DAVIT_TRY(const auto report, dry_run(office.registry(), seen, teller, desk.clock));
  if (!verdict.allowed()) say_obstacles(desk, seen, verdict);
  return report.ended == Ended::succeeded ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace davit
