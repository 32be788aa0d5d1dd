// SPDX-License-Identifier: MIT
#include "core/policy/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/policy/rollback.hpp"

namespace davit {

namespace {

using Findings = std::vector<Finding>;

std::string command(const char* verb, const Question& question) {
  return fmt::format("{} {}/{} {}", verb, question.rules.definition.name,
                     question.release.number.value, question.environment.name);
}

std::string name_of(const Question& question, ReleaseNumber number) {
  return text(ReleaseId{question.rules.definition.name, number});
}

void supported(const Question& question, Findings& out) {
  for (const auto& missing : question.unsupported)
    out.push_back(
        {.rule = Rule::supported, .holds = false, .place = missing.place, .subject = missing.what});
}

void release_itself(const Question& question, Findings& out) {
  const auto& release = question.release;
  Finding active{.rule = Rule::release_active, .detail = text(release.status)};
  if (release.status != Release::Status::active) {
    active.holds = false;
    active.subject = release.abandoned_because;
    if (release.status == Release::Status::draft) {
      active.clears = Clears::command;
      active.remedy = "start " + name_of(question, release.number);
    }
    out.push_back(active);
  }
  if (release.bad)
    out.push_back({.rule = Rule::release_not_bad, .holds = false, .detail = *release.bad});
  if (release.untrusted)
    out.push_back({.rule = Rule::trusted,
                   .holds = question.environment.untrusted,
                   .place = question.environment.key_place("untrusted")});
}

void needs(const Question& question, Findings& out) {
  for (const auto& need : question.environment.needs) {
    const auto* environment = question.rules.definition.environment(need.environment);
    Finding finding{.rule = Rule::needs, .holds = false};
    if (environment)
      finding = good_in(question.rules, question.release, *environment,
                        question.environment.partial, question.now);
    finding.subject = need.environment;
    finding.place = need.place;
    if (question.wanted.skip_needs && !finding.holds) {
      finding.holds = true;
      finding.clears = Clears::nothing;
      finding.detail = "skipped";
      finding.people = {question.wanted.asker};
    }
    out.push_back(std::move(finding));
  }
}

bool by_itself(const Environment& environment) {
  return environment.deploy_on == Environment::DeployOn::release ||
         environment.deploy_on == Environment::DeployOn::success;
}

void wanted_at_all(const Question& question, Findings& out) {
  const auto& environment = question.environment;
  const bool automatic = question.wanted.cause == Cause::automatic;
  Finding finding{.rule = Rule::wanted, .place = environment.key_place("deploy_on")};
  finding.detail = text(environment.deploy_on);
  if (!question.wanted.asker.empty()) finding.people = {question.wanted.asker};
  if (automatic && !by_itself(environment)) {
    finding.holds = false;
    finding.clears = Clears::command;
    finding.remedy = command("promote", question);
  }
  out.push_back(std::move(finding));
}

// What is live is deployed once more only by who says so; what is live in part only, by hand.
bool is_live_already(const Question& question) {
  const auto cause = question.wanted.cause;
  if (cause != Cause::automatic && cause != Cause::manual) return false;
  const auto& here = question.state.environment(question.environment.name);
  if (cause == Cause::manual && here.live() && here.live()->partial) return false;
  return here.live() && here.live()->release == question.release.number && !put_there_since(here);
}

Finding live_already(const Question& question) {
  return {.rule = Rule::finished,
          .holds = false,
          .detail = "live",
          .since = question.state.environment(question.environment.name).live()->since,
          .clears = Clears::command,
          .remedy = command("redeploy", question)};
}

Finding ended_already(const Question& question, const Attempt& attempt) {
  Finding finding{.rule = Rule::finished, .holds = false, .have = attempt.number};
  finding.subject = attempt.message;
  finding.detail = attempt.outcome();
  if (attempt.finished) {
    finding.people = {attempt.finished->by};
    finding.since = attempt.finished->at;
  }
  for (const auto& decision : attempt.decisions)
    if (!decision.approves) finding.subject = decision.comment;
  finding.clears = Clears::command;
  finding.remedy = command(attempt.went_well() ? "redeploy" : "retry", question);
  return finding;
}

// An automatic deployment is tried once.
void not_ended(const Question& question, Findings& out) {
  if (is_live_already(question)) return out.push_back(live_already(question));
  const auto* attempt = question.release.attempt(question.environment.name);
  if (question.wanted.cause == Cause::automatic && attempt && attempt->closed())
    out.push_back(ended_already(question, *attempt));
}

// By themselves, releases go forward only, and in the order of the queue.
void in_turn(const Question& question, Findings& out) {
  if (question.wanted.cause != Cause::automatic || is_live_already(question)) return;
  const auto& present = question.state.environment(question.environment.name);
  Finding finding{.rule = Rule::not_behind, .holds = false};
  finding.place = question.environment.key_place("queue");
  if (question.release.number < present.highest) {
    finding.subject = name_of(question, present.highest);
    finding.detail = "was here";
    finding.clears = Clears::command;
    finding.remedy = command("deploy", question);
    out.push_back(std::move(finding));
    return;
  }
  if (!by_itself(question.environment)) return;
  for (const auto& other : candidates(question.rules, question.state, question.environment)) {
    if (other.cause != Cause::automatic || other.release == question.release.number) continue;
    const bool all = question.environment.queue == Environment::Queue::all;
    if (all ? question.release.number < other.release : other.release < question.release.number)
      continue;
    finding.subject = name_of(question, other.release);
    finding.detail = all ? "goes first" : "goes instead";
    finding.clears = all ? Clears::deployment : Clears::command;
    finding.remedy = all ? "" : command("deploy", question);
    out.push_back(std::move(finding));
    return;
  }
}

void unlocked(const Question& question, Findings& out) {
  const auto& lock = question.state.environment(question.environment.name).lock;
  if (!lock || (lock->until && *lock->until <= question.now)) return;
  out.push_back({.rule = Rule::lock,
                 .holds = false,
                 .subject = question.environment.name,
                 .people = {lock->deed.by},
                 .detail = lock->reason,
                 .since = lock->deed.at,
                 .clears_at = lock->until,
                 .clears = lock->until ? Clears::time : Clears::person,
                 .remedy = fmt::format("unlock {} {}", question.rules.definition.name,
                                       question.environment.name)});
}

// What is live waits for its approvals after: until they are decided it holds the environment.
void after_undecided(const Question& question, Findings& out) {
  const auto* live = question.state.environment(question.environment.name).live();
  if (!live || question.wanted.cause == Cause::rollback) return;
  const auto* release = question.state.release(live->release);
  if (!release) return;
  for (auto& missing : approvals({question.rules,
                                  question.state,
                                  *release,
                                  question.environment,
                                  {},
                                  {},
                                  {},
                                  question.now},
                                 Moment::after)) {
    if (missing.holds || missing.clears != Clears::person) continue;
    out.push_back({.rule = Rule::free,
                   .holds = false,
                   .place = missing.place,
                   .subject = name_of(question, live->release),
                   .detail = "waits for approval after its deployment",
                   .clears = Clears::person,
                   .remedy = missing.remedy});
    return;
  }
}

void unheld(const Question& question, Findings& out) {
  const auto& current = question.state.environment(question.environment.name).current;
  if (!current) return after_undecided(question, out);
  Finding finding{.rule = Rule::free, .holds = false, .clears = Clears::deployment};
  finding.subject = name_of(question, current->release);
  const auto* holder = question.state.release(current->release);
  const auto* attempt = holder ? holder->attempt(question.environment.name) : nullptr;
  if (attempt && attempt->started) {
    finding.people = {attempt->started->by};
    finding.since = attempt->started->at;
    finding.detail = text(attempt->stage);
    if (attempt->stage == Attempt::Stage::paused) {
      finding.clears = Clears::person;
      finding.remedy = fmt::format("resume {} {}", finding.subject, question.environment.name);
    }
  }
  out.push_back(std::move(finding));
}

}  // namespace

bool Verdict::allowed() const {
  return std::all_of(findings.begin(), findings.end(), [](const Finding& f) { return f.holds; });
}

std::vector<Finding> Verdict::obstacles() const {
  std::vector<Finding> out;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(out),
               [](const Finding& f) { return !f.holds; });
  return out;
}

bool Verdict::waits() const {
  return std::all_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.holds || f.waits(); });
}

Verdict may_deploy(const Question& question) {
  Verdict verdict;
  auto& out = verdict.findings;
  supported(question, out);
  release_itself(question, out);
  needs(question, out);
  wanted_at_all(question, out);
  not_ended(question, out);
  in_turn(question, out);
  unlocked(question, out);
  unheld(question, out);
  if (is_live_already(question)) return verdict;  // nobody is asked for what is there
  for (auto& finding : approvals(question, Moment::before)) out.push_back(std::move(finding));
  return verdict;
}

Finding good_in(const Rules& rules, const Release& release, const Environment& environment,
                bool partial_counts, Instant now) {
  Finding finding{.rule = Rule::needs, .holds = false, .clears = Clears::deployment};
  finding.subject = environment.name;
  const auto found = release.attempts.find(environment.name);
  const Attempt* newest = nullptr;
  if (found != release.attempts.end())
    for (const auto& attempt : found->second)
      if (attempt.started) newest = &attempt;
  if (!newest) return finding;
  finding.since = newest->finished ? newest->finished->at : newest->started->at;
  if (newest->stage != Attempt::Stage::finished) {
    finding.detail = text(newest->stage);
    return finding;
  }
  finding.detail = text(*newest->ended);
  finding.holds =
      newest->ended == Ended::succeeded || (newest->ended == Ended::partial && partial_counts);
  if (!finding.holds) return finding;
  const State nothing;
  for (auto& missing :
       approvals({rules, nothing, release, environment, {}, {}, {}, now}, Moment::after)) {
    if (missing.holds) continue;
    finding.holds = false;
    finding.detail = "approval after it is missing";
    finding.clears = missing.clears;
    finding.remedy = missing.remedy;
  }
  if (finding.holds) finding.clears = Clears::nothing;
  return finding;
}

}  // namespace davit
