// SPDX-License-Identifier: MIT
#include "cli/conducting.hpp"

#include <fmt/format.h>

#include <set>

#include "cli/errors.hpp"
#include "cli/terminal_text.hpp"
#include "cli/words.hpp"
#include "core/deployment/standing.hpp"
#include "core/policy/rollback.hpp"
#include "core/runner/journal.hpp"

namespace davit {

namespace {

std::string title(const std::string& definition, const DeploymentId& id) {
  return fmt::format("{}/{} → {}", definition, id.release.value, id.environment);
}

// How to go on with what did not go well, or get out of it: back, where there is something to go
// back to.
std::string ways_on(Office& office, const std::string& definition, const Deployed& deployed) {
  const auto& [release, environment, attempt] = deployed.id;
  const auto what = fmt::format("{}/{} {}", definition, release.value, environment);
  const bool finished = deployed.report.end == RunReport::End::finished;
  const auto on = !finished                                 ? "go on: davit resume "
                  : deployed.report.ended == Ended::partial ? "again: davit redeploy "
                                                            : "again: davit retry ";
  const auto state = office.registry().ledger(definition).whole();
  if (state && rollback(*state, environment))
    return fmt::format("{}{}        go back: davit rollback {} {}", on, what, definition,
                       environment);
  return fmt::format("{}{}{}", on, what, finished ? "" : "        give up: davit cancel " + what);
}

int ran(const RunReport& report) {
  int count = 0;
  for (const auto& step : report.steps)
    if (step.status == StepRecord::Status::succeeded) ++count;
  return count;
}

// "4 steps", "7 steps × 40 targets"
std::string how_much(const RunReport& report) {
  std::set<std::string> steps, targets;
  for (const auto& step : report.steps) {
    if (step.status != StepRecord::Status::succeeded) continue;
    steps.insert(step.phase + '\n' + step.step);
    if (step.target != kLocal) targets.insert(step.target);
  }
  if (targets.empty()) return counted(ran(report), "step");
  return fmt::format("{} × {}", counted(static_cast<int>(steps.size()), "step"),
                     counted(static_cast<int>(targets.size()), "target"));
}

struct Told {
  std::string line;
  ExitStatus status = ExitStatus::done;
  const char* word = "succeeded";
};

Told ended(const Style& style, const Deployed& deployed) {
  const auto& report = deployed.report;
  switch (report.ended) {
    case Ended::succeeded:
      return {fmt::format("{} {}   {}{}{}", style.live("✔"), how_much(report), rough(report.took),
                          deployed.narrowed.empty() ? "" : "   ",
                          terminal_line(deployed.narrowed))};
    case Ended::partial:
      return {
          fmt::format("{} partly: {}   {}", style.waiting("⚠"), report.message, rough(report.took)),
          ExitStatus::partial, "partial"};
    case Ended::canceled:
      return {fmt::format("{} canceled at {}", style.waiting("○"), report.at), ExitStatus::failed,
              "canceled"};
    case Ended::failed:
      break;
  }
  return {fmt::format("{} failed at {}   {}", style.failed("✘"), terminal_line(report.message),
                      rough(report.took)),
          ExitStatus::failed, "failed"};
}

Told unfinished(const Style& style, const Deployed& deployed) {
  const auto& report = deployed.report;
  if (report.end == RunReport::End::manual)
    return {fmt::format("{} stands at {}: {}", style.waiting("○"), report.at, report.message),
            ExitStatus::waiting, "manual"};
  if (report.end == RunReport::End::uncertain)
    return {fmt::format("{} uncertain: {}", style.failed("?"), report.message),
            ExitStatus::uncertain, "uncertain"};
  return {
      fmt::format("{} interrupted at {}; recorded, lease released", style.waiting("○"), report.at),
      ExitStatus::failed, "interrupted"};
}

Json record_of(const std::string& definition, const Deployed& deployed, const Told& told) {
  Json steps = Json::array();
  for (const auto& step : deployed.report.steps) steps.push(to_json(step));
  Json out = Json::object()
                 .set("release", text(ReleaseId{definition, deployed.id.release}))
                 .set("environment", deployed.id.environment)
                 .set("attempt", deployed.id.attempt)
                 .set("outcome", deployed.rolled_back_to ? "rolled_back" : told.word)
                 .set("took_ms", deployed.report.took.count())
                 .set("steps", steps)
                 .set_if("narrowed", deployed.narrowed)
                 .set_if("message", deployed.report.message);
  if (deployed.rolled_back_to)
    out.set("rolled_back_to", text(ReleaseId{definition, *deployed.rolled_back_to}));
  if (deployed.rollback_failed) out.set("rollback_failed", deployed.rollback_failed->message);
  return out;
}

}  // namespace

Conductor::Conductor(Office& office, Desk& desk, Actor actor, Manner manner)
    : office_(office),
      desk_(desk),
      actor_(std::move(actor)),
      manner_(std::move(manner)),
      teller_(desk, manner_.verbose) {}

Conduct Conductor::conduct() {
  return {actor_,
          desk_.clock,
          teller_,
          [this](const Case& seen) { teller_.starting(seen, lasted(seen)); },
          manner_.run_uncertain,
          [this](const std::string& definition, const Deployed& deployed) {
            teller_.ended(definition, deployed);
          },
          manner_.ssh};
}

std::map<std::string, Duration> Conductor::lasted(const Case& seen) {
  std::map<std::string, Duration> out;
  const auto* live = seen.state.environment(seen.environment->name).live();
  if (!live) return out;
  const auto state = office_.registry().ledger(seen.rules.definition.name).present({live->release});
  const auto* release = state ? state->release(live->release) : nullptr;
  const auto* attempt = release ? release->attempt(seen.environment->name) : nullptr;
  if (!attempt) return out;
  for (const auto& step : attempt->steps)
    if (step.status == StepRecord::Status::succeeded)
      out[step.step] = std::max(out[step.step], step.took);
  return out;
}

Result<ExitStatus> Conductor::deploy(const Subject& subject) {
  DAVIT_TRY(const auto seen, look_at(office_.registry(), subject, desk_.clock.now()));
  const auto verdict = seen.verdict();
  if (!verdict.allowed()) return say_obstacles(desk_, seen, verdict);
  DAVIT_TRY(const auto deployed, davit::deploy(office_.registry(), subject, conduct()));
  return say(subject.definition, deployed);
}

Result<ExitStatus> Conductor::resume(const std::string& definition, const std::string& environment,
                                     const std::string& comment) {
  DAVIT_TRY(const auto deployed,
            davit::resume(office_.registry(), definition, environment, conduct(), comment));
  return say(definition, deployed);
}

Result<ExitStatus> Conductor::say(const std::string& definition, const Deployed& deployed) {
  const bool finished = deployed.report.end == RunReport::End::finished;
  const auto told =
      finished ? ended(desk_.out.style, deployed) : unfinished(desk_.out.style, deployed);
  const bool told_before = deployed.rolled_back_to || deployed.rollback_failed;
  if (!told_before) teller_.ended(definition, deployed);
  told_.push(record_of(definition, deployed, told));
  if (!desk_.settings.json) desk_.out.line("{}   {}", title(definition, deployed.id), told.line);
  if (!told_before && (!finished || told.status != ExitStatus::done))
    desk_.say("{}", ways_on(office_, definition, deployed));
  if (deployed.rolled_back_to) {
    if (!desk_.settings.json)
      desk_.out.line("rolled back: {}/{} is live in {}", definition, deployed.rolled_back_to->value,
                     deployed.id.environment);
    return ExitStatus::rolled_back;
  }
  if (deployed.rollback_failed) {
    const auto& error = *deployed.rollback_failed;
    desk_.err.line("{} not rolled back: {}", desk_.err.style.failed("✘"),
                   terminal_line(error.message));
    if (!error.hint.empty()) desk_.err.line("  {}", error.hint);
    if (deployed.rollback_uncertain) return ExitStatus::uncertain;
  }
  return told.status;
}

Telling telling(const Case& seen) {
  Telling out{.release = seen.plan.release, .now = seen.now};
  const auto& current = seen.state.environment(seen.environment->name).current;
  const auto* holder = current ? seen.state.release(current->release) : nullptr;
  if (holder && standing(holder->attempt(current->environment), seen.now) == Standing::gone)
    out.go_on = fmt::format("resume {}/{} {}", seen.rules.definition.name, current->release.value,
                            current->environment);
  return out;
}

namespace {

// In CI, what refuses is shown where it was written.
void annotate(Desk& desk, const Case& seen, const Verdict& verdict) {
  const auto about = telling(seen);
  for (const auto& finding : verdict.obstacles()) {
    const auto told = words(finding, about);
    desk.err.raw(annotation(desk.err.style.ci,
                            {true, finding.place,
                             fmt::format("{} → {} refused: {}: {}", text(seen.plan.release),
                                         seen.environment->name, told.rule, told.what)}));
  }
}

}  // namespace

ExitStatus say_obstacles(Desk& desk, const Case& seen, const Verdict& verdict) {
  const bool waits = verdict.waits();
  const auto& style = desk.out.style;
  if (!desk.settings.json) {
    desk.out.line("{} → {}   {}", text(seen.plan.release), seen.environment->name,
                  waits ? style.waiting("waits") : style.failed("refused"));
    desk.out.write(obstacles_table(verdict.obstacles(), telling(seen), style).render(style));
  }
  if (!waits) annotate(desk, seen, verdict);
  return waits ? ExitStatus::waiting : ExitStatus::refused;
}

}  // namespace davit
