// SPDX-License-Identifier: MIT
// approve and reject: a person's yes or no, bound to exactly what was shown.
#include <fmt/format.h>

#include "cli/changes_words.hpp"
#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/plan_words.hpp"
#include "cli/promoting.hpp"
#include "cli/ssh_options.hpp"
#include "core/deployment/appending.hpp"

namespace davit {

namespace {

struct DecideOptions {
  std::vector<std::string> what;
  std::optional<std::string> comment;
  SshOptions ssh;
  bool run = false, verbose = false;
};

void declare_common(Options& o, DecideOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where to");
  o.value("--comment,-m TEXT", into.comment, "what you checked, or why not");
}

void declare_approve(Options& o, DecideOptions& into) {
  declare_common(o, into);
  o.flag("--run", into.run, "then do all that may happen now, as davit run");
  declare(o, into.ssh);
  o.flag("--verbose", into.verbose, "with --run: every line, unfolded, as it comes");
}

// What went well is decided on after it; anything else before.
Moment moment_of(const Case& seen) {
  const auto* attempt = seen.release->attempt(seen.environment->name);
  const bool after = attempt && attempt->went_well() && seen.wanted.cause == Cause::automatic;
  return after ? Moment::after : Moment::before;
}

std::string whom_to_ask(const MayDecide& may) {
  if (may.others.empty()) return "nobody else may, by this rule";
  return fmt::format("ask {}: {}", may.barred ? "somebody else" : "one of",
                     fmt::join(may.others, ", "));
}

Outcome check_person(const Case& seen, const MayDecide& may, const std::string& person) {
  const auto where = fmt::format("{} for {}", text(seen.plan.release), seen.environment->name);
  if (may.allowed) return Done{};
  if (may.rules.empty())
    return Error{fmt::format("{} needs no approval there", where),
                 fmt::format("davit why {} {}", text(seen.plan.release), seen.environment->name),
                 {},
                 Failure::refused};
  if (may.barred)
    return Error{fmt::format("{} may not decide on {}: who cut a release or asked for a "
                             "deployment does not approve it (requester = false)",
                             person, where),
                 whom_to_ask(may), may.rules.front().place, Failure::refused};
  return Error{fmt::format("{} may not decide on {}", person, where), whom_to_ask(may),
               may.rules.front().place, Failure::refused};
}

// Who may decide has to be asked again on the newest state.
Outcome decide_on(Office& office, Desk& desk, const Conduct& conduct, const Case& seen,
                  const Decide& decision) {
  const Subject subject{seen.rules.definition.name, seen.release->number, seen.environment->name,
                        std::nullopt};
  DAVIT_CHECK(append_request(
      office.registry(), seen.rules, conduct, decision, seen.release->number,
      [&](const State& newest) -> Outcome {
        DAVIT_TRY(const auto again,
                  look_at(office.registry(), seen.rules, newest, subject, desk.clock.now()));
        if (digest(again.plan) != decision.plan)
          return Error{"the plan has changed meanwhile", "look at it again", {}, Failure::refused};
        return check_person(again,
                            may_decide(again.question(), decision.moment, conduct.actor.email),
                            conduct.actor.email);
      }));
  return Done{};
}

// What is decided on, shown to the person, who may look closer before the answer.
Outcome shown_and_agreed(Desk& desk, const Case& seen, const Changes& changed, bool approves) {
  auto& shown_on = desk.settings.json ? desk.err : desk.out;  // a record is all that is on out
  const auto& style = shown_on.style;
  if (!desk.settings.json || desk.somebody())
    shown_on.write(changes_text(changed, Detail::brief, style));
  const bool warned = changed.loses() || !changed.irreversible.empty();
  return desk.agreed(
      fmt::format("{}{}? [y/N/changes/plan]", approves ? "Approve" : "Reject",
                  approves && warned ? " all the same" : ""),
      fmt::format("davit {} {} {}", approves ? "approve" : "reject", text(seen.plan.release),
                  seen.environment->name),
      {{"changes", [&] { return changes_text(changed, Detail::full, desk.err.style); }},
       {"plan", [&] { return plan_text(seen.plan, desk.err.style); }}});
}

// A decision that was made, and how it is told.
struct Made {
  Subject subject;
  Moment moment = Moment::before;
  bool approves = true;
  Json changes;
};

void say_made(Desk& desk, const Case& now, const Made& made) {
  desk.out.line("{} {} for {}", made.approves ? "approved" : "rejected", text(now.plan.release),
                made.subject.environment);
  if (!made.approves) return;
  for (const auto& finding : approvals(now.question(), made.moment))
    if (!finding.holds) desk.say("still missing: {}", words(finding, telling(now)).brief);
  if (made.moment == Moment::before && now.verdict().allowed())
    desk.say("next: davit run {}", made.subject.definition);
}

Json record_of(const Case& now, const Made& made) {
  Json rules = Json::array();
  for (const auto& finding : approvals(now.question(), made.moment)) rules.push(to_json(finding));
  return record(made.approves ? "approve" : "reject")
      .set("release", text(now.plan.release))
      .set("environment", made.subject.environment)
      .set("plan", digest(now.plan).hex)
      .set("changes", made.changes)
      .set("rules", rules);
}

// With --run: all that may happen now.
Result<ExitStatus> go_on(Office& office, Desk& desk, const DecideOptions& options,
                         const Subject& subject, Json& told) {
  if (!options.run) return ExitStatus::done;
  DAVIT_TRY(auto ssh, said(options.ssh, desk));
  DAVIT_TRY(auto actor, office.actor());
  Promoter promoter(office, desk, std::move(actor), {options.verbose, false, std::move(ssh)});
  DAVIT_TRY(const auto status, promoter.run_all({subject.definition}));
  told.set("deployments", promoter.deployments()).set("waiting", promoter.waiting());
  return status;
}

Result<ExitStatus> decide_by_hand(const DecideOptions& options, Desk& desk, bool approves) {
  DAVIT_CHECK(said(options.ssh, desk));  // before anything is decided
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto actor, office->actor());
  DAVIT_TRY(const auto subject, one_meant(*office, desk, options.what,
                                          {approves ? "approve" : "reject", undecided_ones,
                                           "nothing waits for an approval", false}));
  DAVIT_TRY(const auto seen, look_at(office->registry(), subject, desk.clock.now()));
  const auto moment = moment_of(seen);
  DAVIT_CHECK(check_person(seen, may_decide(seen.question(), moment, actor.email), actor.email));
  DAVIT_TRY(const auto changed, changes(office->registry(), seen));
  DAVIT_CHECK(shown_and_agreed(desk, seen, changed, approves));
  DAVIT_TRY(const auto head, office->registry().ledger(subject.definition).head());
  const Decide decision{subject.release,   subject.environment,          moment,           approves,
                        digest(seen.plan), options.comment.value_or(""), head.value_or("")};
  DeskTeller teller(desk, options.verbose);
  DAVIT_CHECK(decide_on(*office, desk, {actor, desk.clock, teller, {}, false}, seen, decision));
  DAVIT_TRY(const auto now, look_at(office->registry(), subject, desk.clock.now()));
  const Made made{subject, moment, approves, to_json(changed)};
  if (!desk.settings.json) say_made(desk, now, made);
  Json told = record_of(now, made);
  DAVIT_TRY(const auto status, go_on(*office, desk, options, subject, told));
  if (desk.settings.json) print(desk, told);
  return status;
}

Result<ExitStatus> approve(const DecideOptions& options, Desk& desk) {
  return decide_by_hand(options, desk, true);
}

Result<ExitStatus> reject(const DecideOptions& options, Desk& desk) {
  return decide_by_hand(options, desk, false);
}

}  // namespace

Command approve_command() {
  return {.name = "approve",
          .group = CommandGroup::promote,
          .summary = "agree to a deployment, after seeing what it changes",
          .about =
              "Your yes is bound to the plan you were shown: when anything in it changes, it "
              "is void.",
          .examples = {{"davit approve storefront/17 production", "shows what changes, then asks"},
                       {"davit approve storefront/17 production --yes --run -m \"checked\"",
                        "in a script, and on with it"}},
          .declare = from(declare_approve, approve)};
}

Command reject_command() {
  return {.name = "reject",
          .group = CommandGroup::promote,
          .summary = "refuse a deployment",
          .examples = {{"davit reject storefront/17 production -m \"VAT is wrong\"",
                        "it is not deployed there unless somebody asks again"}},
          .declare = from(declare_common, reject)};
}

}  // namespace davit
