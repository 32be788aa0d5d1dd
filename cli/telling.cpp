// SPDX-License-Identifier: MIT
#include "cli/telling.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/host_names.hpp"
#include "cli/plan_words.hpp"
#include "cli/run_rows.hpp"
#include "cli/terminal_text.hpp"
#include "cli/words.hpp"
#include "core/runner/ending.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;

constexpr std::size_t kStreaming = 2;                       // targets that are told as they print
constexpr Duration kSameTry = std::chrono::seconds(10);     // that failed as the one before
constexpr Duration kLongSilence = std::chrono::minutes(1);  // where nobody sees that it lives

std::vector<std::string> harmless_names(const std::vector<std::string>& targets) {
  std::vector<std::string> names;
  for (const auto& target : targets) names.push_back(terminal_line(target));
  return names;
}

// "Switch", and on which targets where there are some.
std::string step_on(const std::string& step, const std::vector<std::string>& targets) {
  if (targets.front() == kLocal) return terminal_line(step);
  return terminal_line(step) + ' ' + host_names(harmless_names(targets));
}

std::string heading_of(const std::string& title, const Plan& plan) {
  const auto front = fmt::format("{}  plan {}  ", title, digest(plan).abbreviated());
  if (plan.hosts.empty()) return front + counted(static_cast<int>(in_all(plan)), "step");
  const auto narrowing = plan.narrowing.empty() ? "" : "  " + terminal_line(plan.narrowed());
  return front +
         fmt::format("{} × {}{}", counted(static_cast<int>(plan.steps.size()), "step"),
                     counted(static_cast<int>(plan.targets.size()), "target"), in_batches(plan)) +
         narrowing;
}

// Those of one status and message together, in the order of the targets.
std::vector<std::vector<StepRecord>> alike(std::vector<StepRecord> records) {
  std::vector<std::vector<StepRecord>> out;
  for (auto& record : records) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const auto& group) {
      return group.front().status == record.status && group.front().message == record.message;
    });
    if (same == out.end())
      out.push_back({std::move(record)});
    else
      same->push_back(std::move(record));
  }
  return out;
}

std::vector<std::string> targets_of(const std::vector<StepRecord>& records) {
  std::vector<std::string> out;
  for (const auto& record : records) out.push_back(record.target);
  return out;
}

// "   web07 3.1 MB of 12.4 MB  1.2 MB/s, about 8 s left"
std::string sent_so_far(const TargetPicture& target, Instant now) {
  if (target.total == 0) return "";
  return fmt::format("   {}{}", target.name == kLocal ? "" : terminal_line(target.name) + " ",
                     sent(target, now));
}

bool untouched(const BatchPicture& batch) {
  return std::all_of(batch.rounds.begin(), batch.rounds.end(), [](const RoundPicture& round) {
    return round.in(TargetPicture::Stage::skipped) == round.targets.size();
  });
}

// "9 targets done, 2 failed, 1 not finished, 28 not begun"
std::string counts(const Tally& tally) {
  std::string out = counted(static_cast<int>(tally.done), "target") + " done";
  const auto add = [&](std::size_t count, const char* what) {
    if (count > 0) out += fmt::format(", {} {}", count, what);
  };
  add(tally.failed, "failed");
  add(tally.behind, "left behind");
  add(tally.open, "not finished");
  add(tally.untouched, "not begun");
  return out;
}

}  // namespace

DeskTeller::DeskTeller(Desk& desk, bool verbose) : desk_(desk), verbose_(verbose), scribe_(desk) {}

DeskTeller::~DeskTeller() { finish_round(); }

void DeskTeller::starting(const Case& seen, const std::map<std::string, Duration>& lasted) {
  title_ = fmt::format("{} → {}", text(seen.plan.release), seen.plan.environment);
  failure_.reset();
  tails_.clear();
  picture_ = RunPicture(seen.plan);
  for (const auto& [step, took] : lasted) picture_.known(step, took);
  scribe_.heading(heading_of(title_, seen.plan));
}

void DeskTeller::round_started(const Round& round) {
  const auto now = desk_.clock.now();
  picture_.round_started(round, now);
  round_ = round;
  planned_.reset();
  numbers_.clear();
  told_tries_.clear();
  for (const auto& target : round.targets) numbers_.emplace(target, numbers_.size());
  if (!failure_) tails_.clear();
  if (verbose_ || round.targets.size() <= kStreaming) return;
  folding_ = std::make_unique<Folding>(
      round.targets.size(), [this](const std::vector<std::size_t>& who, const std::string& text) {
        std::vector<std::string> names;
        for (const auto number : who) names.push_back(round_->targets[number]);
        scribe_.line(step_on(planned_->step.name, names) + " | " + text);
      });
}

// Once, when it begins on the first target.
void DeskTeller::announce(const PlannedStep& planned) {
  if (planned_ || !round_) return;
  planned_ = planned;
  std::vector<std::string> targets;
  for (const auto& target : round_->targets)
    if (std::none_of(records_.begin(), records_.end(),
                     [&](const StepRecord& record) { return record.target == target; }))
      targets.push_back(target);
  const auto batch = round_->batches > 1 && targets.front() != kLocal
                         ? fmt::format(", batch {}/{}", round_->batch + 1, round_->batches)
                         : "";
  scribe_.begin(step_on(planned.step.name, targets) + batch);
}

void DeskTeller::step_started(const PlannedStep& planned, const std::string& target, int attempt) {
  if (failure_) failure_->buried = true;
  picture_.step_started(target, attempt, desk_.clock.now());
  announce(planned);
}

void DeskTeller::line(const PlannedStep& planned, const std::string& target, std::string_view text,
                      bool) {
  if (desk_.settings.quiet) return;
  const auto safe = terminal_line(text);
  if (!failure_) tails_.line(target, safe);
  tell_line(planned, target, safe);
}

void DeskTeller::tell_line(const PlannedStep& planned, const std::string& target,
                           const std::string& text) {
  announce(planned);
  if (!folding_) return scribe_.line(step_on(planned.step.name, {target}) + " | " + text);
  picture_.line(target, text);
  const auto number = numbers_.find(target);
  if (number != numbers_.end()) folding_->line(number->second, text, desk_.clock.now());
}

// Folded like what the step prints: where it fails, it mostly does so everywhere. What looks four
// times a second whether a service is up tells of it now and then.
void DeskTeller::retrying(const PlannedStep& planned, const std::string& target,
                          const FailedTry& failed) {
  if (desk_.settings.quiet) return;
  const auto now = desk_.clock.now();
  auto& told = told_tries_[target];
  if (told.why == failed.why && now - told.at < kSameTry && !verbose_) return;
  told = {failed.why, now};
  tell_line(planned, target, "↻ " + terminal_line(text(failed)));
}

void DeskTeller::progress(const PlannedStep&, const std::string& target, std::int64_t done,
                          std::int64_t total) {
  picture_.sent(target, done, total);
}

void DeskTeller::step_finished(const PlannedStep& planned, const StepRecord& record) {
  picture_.step_finished(record);
  const auto number = numbers_.find(record.target);
  if (folding_ && number != numbers_.end()) folding_->ended(number->second);
  if (record.status != Status::skipped) announce(planned);
  records_.push_back(record);
  if (!folding_ && desk_.err.style.ci == CiForm::none) tell_result({record});
}

void DeskTeller::was_done(const PlannedStep&, const StepRecord& record) {
  picture_.step_finished(record);
  const auto number = numbers_.find(record.target);
  if (folding_ && number != numbers_.end()) folding_->ended(number->second);
}

void DeskTeller::round_ended(const Round&) {
  const auto now = desk_.clock.now();
  finish_round();
  picture_.round_ended(now);
  const auto* batch = picture_.batch();
  if (scribe_.live() && batch && batch->over() && !batch->targets.empty() && !untouched(*batch))
    scribe_.note(row(*batch, desk_.err.style, terminal_size(desk_.err).columns, now));
}

// Whatever was held back is told.
void DeskTeller::finish_round() {
  if (!round_) return;
  if (folding_) folding_->finish();
  std::sort(records_.begin(), records_.end(), [this](const auto& one, const auto& other) {
    return numbers_[one.target] < numbers_[other.target];
  });
  scribe_.end();
  if (folding_ || desk_.err.style.ci != CiForm::none) tell_results();
  annotate();
  remember_failure();
  folding_.reset();
  records_.clear();
  round_.reset();
}

void DeskTeller::tell_results() {
  for (const auto& group : alike(records_)) tell_result(group);
}

// On a terminal what went well is told by the block.
void DeskTeller::tell_result(const std::vector<StepRecord>& records) {
  const auto& record = records.front();
  const bool well = record.status == Status::succeeded;
  if (record.status == Status::skipped || (well && scribe_.live())) return;
  Duration took{0};
  for (const auto& one : records) took = std::max(took, one.took);
  const auto& style = desk_.err.style;
  scribe_.line(fmt::format("{} {}   {}{}{}", well ? style.live("✔") : style.failed("✘"),
                           step_on(record.step, targets_of(records)), rough(took),
                           record.message.empty() ? "" : "   ", terminal_line(record.message)));
}

void DeskTeller::annotate() {
  if (desk_.err.style.ci == CiForm::none || !planned_) return;
  for (const auto& group : alike(records_)) {
    const auto& record = group.front();
    if (record.status != Status::failed) continue;
    const auto where = record.target == kLocal
                           ? ""
                           : fmt::format(" on {}", host_names(harmless_names(targets_of(group))));
    desk_.err.raw(annotation(
        desk_.err.style.ci,
        {!planned_->step.continue_on_error, planned_->step.place,
         fmt::format("{}: step {} failed{}: {}", title_, record.step, where, record.message)}));
  }
}

void DeskTeller::remember_failure() {
  if (failure_) return;
  const auto first = std::find_if(records_.begin(), records_.end(), [](const StepRecord& record) {
    return record.status == Status::failed;
  });
  if (first == records_.end()) return;
  failure_ = {first->step, first->target, tails_.of(first->target), first->target != kLocal};
}

void DeskTeller::note(std::string_view text) { scribe_.note(terminal_line(text)); }

void DeskTeller::moment() {
  const auto now = desk_.clock.now();
  if (folding_) folding_->look(now);
  if (scribe_.live())
    scribe_.frame(rows(picture_, desk_.err.style, terminal_size(desk_.err), now));
  else
    pulse(now);
}

void DeskTeller::pulse(Instant now) {
  if (!picture_.in_round() || now - scribe_.spoken() < kLongSilence) return;
  const auto& round = *picture_.round();
  const auto since = rough(std::chrono::floor<std::chrono::seconds>(now - round.began));
  if (round.targets.size() == 1)
    return scribe_.line(fmt::format("{} still runs   {}{}", step_on(round.name, round_->targets),
                                    since, sent_so_far(round.targets.front(), now)));
  std::vector<std::string> open;
  std::string first;
  for (const auto& target : round.targets) {
    if (target.over()) continue;
    if (open.empty()) first = sent_so_far(target, now);
    open.push_back(terminal_line(target.name));
  }
  scribe_.line(fmt::format("{} still runs on {}, {} of {} done   {}{}", round.name,
                           host_names(open), round.over(), round.targets.size(), since, first));
}

void DeskTeller::ended(const std::string& definition, const Deployed& deployed) {
  finish_round();
  const auto* batch = picture_.batch();
  const bool midway = batch && !batch->over() && !batch->targets.empty();
  if (scribe_.live() && midway)
    scribe_.note(row(*batch, desk_.err.style, terminal_size(desk_.err).columns, desk_.clock.now()));
  scribe_.clear();
  const auto tally = picture_.tally(deployed.report.ended);
  if (tally.done < tally.all()) desk_.say("  {}", counts(tally));
  if (!failure_) return;
  if (failure_->buried && !failure_->tail.empty()) {
    const auto who = step_on(failure_->step, {failure_->target});
    desk_.say("  the last lines of {}:", who);
    for (const auto& text : failure_->tail) desk_.say("    {}", text);
  }
  desk_.say("  the whole log: davit log {}/{} {}", definition, deployed.id.release.value,
            deployed.id.environment);
}

}  // namespace davit
