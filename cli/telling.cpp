// SPDX-License-Identifier: MIT
#include "cli/telling.hpp"

#include <fmt/chrono.h>

#include "cli/terminal_text.hpp"

namespace davit {

namespace {

constexpr std::size_t kTail = 20;

std::string clock_time(Instant now) {
  return fmt::format("{:%H:%M:%S}", std::chrono::floor<std::chrono::seconds>(now));
}

// "Switch", and on which target where there are some.
std::string named(const std::string& step, const std::string& target) {
  return target == kLocal ? step : step + " " + target;
}

}  // namespace

DeskTeller::DeskTeller(Desk& desk, bool verbose)
    : desk_(desk), lines_(verbose || !desk.err.terminal || desk.err.style.ci != CiForm::none) {}

DeskTeller::~DeskTeller() { end_group(); }

// A step's beginning: a line, or in CI a group.
void DeskTeller::begin(const std::string& title) {
  end_group();
  const auto form = desk_.err.style.ci;
  if (form == CiForm::none) return desk_.say("{}", title);
  if (desk_.settings.quiet) return;
  const auto now = desk_.clock.now();
  group_ = LogGroup{title, fmt::format("davit_{}_{}", now.time_since_epoch().count(), ++groups_)};
  token_ = fresh_event_id().value;
  desk_.err.raw(begins(form, *group_, now) + commands_stop(form, token_));
  desk_.err.flush();
}

void DeskTeller::end_group() {
  if (!group_) return;
  const auto form = desk_.err.style.ci;
  desk_.err.raw(commands_go_on(form, token_) + ends(form, *group_, desk_.clock.now()));
  desk_.err.flush();
  group_.reset();
}

void DeskTeller::annotate(const PlannedStep& planned, const StepRecord& record) {
  desk_.err.raw(annotation(desk_.err.style.ci, {!planned.step.continue_on_error, planned.step.place,
                                                fmt::format("{}: step {} failed: {}", title_,
                                                            planned.step.name, record.message)}));
}

void DeskTeller::starting(const Case& seen) {
  title_ = fmt::format("{} → {}", text(seen.plan.release), seen.plan.environment);
  done_ = 0;
  total_ = static_cast<int>(in_all(seen.plan));
  failed_step_.clear();
  tail_.clear();
  if (lines_)
    desk_.say("{}  plan {}  {} step{}{}{}", title_, digest(seen.plan).abbreviated(), total_,
              total_ == 1 ? "" : "s", seen.plan.narrowing.empty() ? "" : "  ",
              terminal_line(text(seen.plan.narrowing, seen.plan.hosts.size(), seen.plan.of)));
}

void DeskTeller::live(const std::string& text) {
  if (lines_ || desk_.settings.quiet) return;
  desk_.err.write("\r\x1b[K" + text);
  desk_.err.flush();
  live_ = true;
}

void DeskTeller::clear_live() {
  if (!live_) return;
  desk_.err.write("\r\x1b[K");
  desk_.err.flush();
  live_ = false;
}

void DeskTeller::step_started(const PlannedStep& planned, const std::string& target, int attempt) {
  if (failed_step_.empty()) tail_.clear();
  const auto again = attempt > 1 ? fmt::format(" (try {})", attempt) : "";
  live(fmt::format("{}   {} of {}  {}{}", title_, done_ + 1, total_, planned.step.name, again));
  if (lines_ && attempt == 1)
    begin(fmt::format("{}  {}", clock_time(desk_.clock.now()), named(planned.step.name, target)));
}

void DeskTeller::line(const PlannedStep& planned, const std::string& target, std::string_view text,
                      bool) {
  const auto safe = terminal_line(text);
  if (lines_) {
    desk_.say("{}  {} | {}", clock_time(desk_.clock.now()), named(planned.step.name, target), safe);
    return;
  }
  if (!failed_step_.empty()) return;
  tail_.push_back(safe);
  if (tail_.size() > kTail) tail_.pop_front();
}

void DeskTeller::step_finished(const PlannedStep& planned, const StepRecord& record) {
  ++done_;
  using Status = StepRecord::Status;
  end_group();
  if (record.status == Status::failed) {
    if (failed_step_.empty()) failed_step_ = planned.step.name;
    annotate(planned, record);
  }
  if (!lines_ || record.status == Status::skipped) return;
  const auto& style = desk_.err.style;
  const bool well = record.status == Status::succeeded;
  desk_.say("{}  {} {}   {}{}{}", clock_time(desk_.clock.now()),
            well ? style.live("✔") : style.failed("✘"), named(planned.step.name, record.target),
            rough(record.took), record.message.empty() ? "" : "   ", terminal_line(record.message));
}

void DeskTeller::note(std::string_view text) {
  clear_live();
  desk_.say("{}", terminal_line(text));
}

void DeskTeller::tell_failure(const Deployed& deployed, const std::string& log) {
  clear_live();
  if (deployed.report.ended == Ended::succeeded || failed_step_.empty()) return;
  if (!lines_) {
    for (const auto& text : tail_) desk_.say("    {} | {}", failed_step_, text);
    desk_.say("  {} {}", desk_.err.style.failed("✘"), terminal_line(deployed.report.message));
  }
  if (!log.empty()) desk_.say("  the whole log: {}", log);
}

}  // namespace davit
