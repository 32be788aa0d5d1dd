// SPDX-License-Identifier: MIT
// Approvals: counting the decisions of an attempt against the rules of today.
#include <algorithm>

#include "core/policy/counting.hpp"
#include "core/policy/verdict.hpp"

namespace davit {

namespace {

const std::vector<GivenDecision>& no_decisions() {
  static const std::vector<GivenDecision> none;
  return none;
}

// Who cut the release and who asked for this deployment.
std::vector<std::string> requesters(const Question& question, const Attempt* attempt) {
  std::vector<std::string> out{question.release.created.by};
  if (attempt && attempt->requested) out.push_back(attempt->requested->by);
  if (!question.wanted.asker.empty()) out.push_back(question.wanted.asker);
  return out;
}

// From when on the approvals of a moment are awaited.
Instant since(const Question& question, Moment moment, const Attempt* attempt) {
  if (moment == Moment::after)
    return attempt && attempt->finished ? attempt->finished->at : question.now;
  if (attempt && attempt->requested) return attempt->requested->at;
  Instant ready = question.release.created.at;
  for (const auto& need : question.environment.needs) {
    const auto* there = question.release.attempt(need.environment);
    if (there && there->finished) ready = std::max(ready, there->finished->at);
  }
  return ready;
}

// What was approved once, was good and has not changed may come back without being asked again.
std::vector<GivenDecision> for_rollback(const Question& question) {
  std::vector<GivenDecision> out;
  const auto found = question.release.attempts.find(question.environment.name);
  if (found == question.release.attempts.end()) return out;
  for (const auto& attempt : found->second)
    for (const auto& decision : attempt.decisions)
      if (decision.moment == Moment::before && decision.approves) out.push_back(decision);
  return out;
}

const Attempt* asked_about(const Question& question, Moment moment) {
  const auto* attempt = question.release.attempt(question.environment.name);
  if (!attempt) return nullptr;
  if (moment == Moment::after) return attempt->finished && attempt->started ? attempt : nullptr;
  return attempt->closed() ? nullptr : attempt;
}

}  // namespace

Ballot ballot(const Question& question, Moment moment) {
  const auto* attempt = asked_about(question, moment);
  Ballot out{question.rules.team, question.plan, {}, {}, {}, question.now, moment};
  if (moment == Moment::after && attempt) out.plan = attempt->plan;
  if (moment == Moment::before && question.wanted.cause == Cause::rollback) {
    out.decisions = for_rollback(question);
    out.keeps = true;
  } else {
    out.decisions = attempt ? attempt->decisions : no_decisions();
  }
  // Who goes back repeats what others agreed to, and asks nobody anew.
  out.requesters = out.keeps ? std::vector<std::string>{question.release.created.by}
                             : requesters(question, attempt);
  out.since = since(question, moment, attempt);
  return out;
}

Finding count(const Ballot& ballot, const Approval& rule, const Place& place) {
  Finding finding{.rule = Rule::approval, .place = place, .want = rule.count};
  for (const auto& principal : rule.from)
    finding.subject += (finding.subject.empty() ? "" : ", ") +
                       (principal.is_group() ? principal.group() : principal.text);
  for (const auto& decision : ballot.decisions) {
    const auto& person = decision.deed.by;
    if (decision.moment != ballot.moment || !decision.approves) continue;
    if (!matches(ballot.team, rule.from, person)) continue;
    if (decision.plan != ballot.plan)
      finding.void_people.push_back(person + ": was for another plan");
    else if (!ballot.keeps && rule.expires && decision.deed.at + *rule.expires < ballot.now)
      finding.void_people.push_back(person + ": has expired");
    else if (!rule.requester && ballot.barred(person))
      finding.void_people.push_back(person + ": cut the release or asked for the deployment");
    else if (std::find(finding.people.begin(), finding.people.end(), person) ==
             finding.people.end())
      finding.people.push_back(person);
  }
  finding.have = static_cast<int>(finding.people.size());
  finding.holds = finding.have >= rule.count;
  finding.since = ballot.since;
  if (finding.holds) return finding;
  finding.clears_at = ballot.since + rule.timeout;
  const bool too_late = *finding.clears_at <= ballot.now;
  finding.detail = too_late ? "undecided for too long, so refused" : "";
  finding.clears = too_late ? Clears::command : Clears::person;
  return finding;
}

bool Ballot::barred(const std::string& person) const {
  return std::find(requesters.begin(), requesters.end(), person) != requesters.end();
}

std::vector<Finding> approvals(const Question& question, Moment moment) {
  std::vector<Finding> out;
  const auto votes = ballot(question, moment);
  const auto id = text(ReleaseId{question.rules.definition.name, question.release.number}) + " " +
                  question.environment.name;
  const auto& checks =
      moment == Moment::before ? question.environment.before : question.environment.after;
  for (const auto& check : checks) {
    const auto* rule = std::get_if<Approval>(&check.rule);
    if (!rule) continue;
    out.push_back(count(votes, *rule, check.place));
    if (out.back().holds) continue;
    out.back().remedy = (out.back().clears == Clears::person ? "approve " : "redeploy ") + id;
  }
  return out;
}

namespace {

// The people of a group by name, when all are known by name; otherwise what was written.
std::vector<std::string> people_of(const Team& team, const Principal& principal) {
  if (!principal.is_group()) return {principal.text};
  const auto* group = team.group(principal.group());
  std::vector<std::string> out;
  if (group)
    for (const auto& member : group->members) out.push_back(member.text);
  const bool named = std::none_of(out.begin(), out.end(), [](const std::string& one) {
    return one.find_first_of("*?[") != std::string::npos;
  });
  return named ? out : std::vector{principal.text};
}

void add_others(const Ballot& votes, const Approval& rule, MayDecide& out) {
  const auto& given = out.rules.back().people;
  for (const auto& principal : rule.from)
    for (auto& one : people_of(votes.team, principal)) {
      const bool can = (rule.requester || !votes.barred(one)) &&
                       std::find(given.begin(), given.end(), one) == given.end() &&
                       std::find(out.others.begin(), out.others.end(), one) == out.others.end();
      if (can) out.others.push_back(std::move(one));
    }
}

}  // namespace

MayDecide may_decide(const Question& question, Moment moment, const std::string& person) {
  MayDecide out;
  const auto votes = ballot(question, moment);
  const auto& checks =
      moment == Moment::before ? question.environment.before : question.environment.after;
  for (const auto& check : checks) {
    const auto* rule = std::get_if<Approval>(&check.rule);
    if (!rule) continue;
    out.rules.push_back(count(votes, *rule, check.place));
    add_others(votes, *rule, out);
    if (!matches(question.rules.team, rule->from, person)) continue;
    if (rule->requester || !votes.barred(person))
      out.allowed = true;
    else
      out.barred = true;
  }
  return out;
}

}  // namespace davit
