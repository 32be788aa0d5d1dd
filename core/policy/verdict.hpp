// SPDX-License-Identifier: MIT
// The policy: what may happen next, and if not, why not.
//
// Pure. The same rules, state and moment always give the same verdict; that is what lets `davit
// why` explain yesterday's refusal. The policy never waits, asks or checks anything itself: what
// it needs to know about the world was observed by someone else and is in the question.
//
// Every obstacle at once, so that nobody clears one only to meet the next. `why`, `plan`, `deploy`
// and `run` all ask may_deploy().
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/plan/plan.hpp"
#include "core/state/state.hpp"
#include "definitions/definition.hpp"
#include "definitions/team.hpp"

namespace davit {

// What guards: today's definition and team rules, and the commit they were read from.
struct Rules {
  Definition definition;
  Team team;
  std::string commit;  // full id; empty for files on disk
};

enum class Rule {
  release_active,   // not a draft, not abandoned
  release_not_bad,  //
  trusted,          // an untrusted release goes only where that is said to be fine
  supported,        // the environment asks for nothing davit can't do yet
  needs,            // one a needed environment
  wanted,           // deploy_on: by itself, or somebody asked
  not_behind,       // a newer release has already been here (automatic deployments only)
  approval,         // one a rule
  lock,             //
  free,             // no other deployment holds the environment
  finished,         // not tried already; by hand: not live there
};

// What clears an obstacle.
enum class Clears {
  nothing,     // it holds, or nothing can
  deployment,  // a deployment elsewhere
  person,      // somebody's decision
  time,        // by itself, at clears_at
  command,     // a command, named in `remedy`
};

// One rule, and whether it holds. Facts, not sentences: cli/ has the words.
struct Finding {
  Rule rule = Rule::supported;
  bool holds = true;
  Place place;             // where the rule is written; unknown for davit's own
  std::string subject;     // needs: the environment; approval: who may; otherwise what it is about
  int have = 0, want = 0;  // approval: how many
  std::vector<std::string> people;       // approval: who has approved; lock, rejected: who did
  std::vector<std::string> void_people;  // approval: whose yes does not count, with the reason
  std::string detail;                    // a reason somebody gave, a state's word
  std::optional<Instant> since;
  std::optional<Instant> clears_at;  // when it clears, or (approval) ends as refused, by itself
  Clears clears = Clears::nothing;
  std::string remedy;  // a davit command line, without "davit"
  // Whether waiting makes sense: an approval may come; an abandoned release won't come back.
  bool waits() const { return clears != Clears::nothing && clears != Clears::command; }
  bool operator==(const Finding&) const = default;
};

struct Verdict {
  std::vector<Finding> findings;  // every rule asked, in the order they are evaluated

  bool allowed() const;
  std::vector<Finding> obstacles() const;
  // Nothing but time, people and other deployments stands in the way.
  bool waits() const;
};

// A deployment that is wanted, by the rules or by somebody.
struct Wanted {
  ReleaseNumber release;
  Cause cause = Cause::automatic;
  bool skip_needs = false;
  std::string asker;    // who asked for it by hand; empty for an automatic one
  Narrowing narrowing;  // of its targets
  std::optional<std::vector<std::string>> only = {};  // these targets, and no other; else all
  std::optional<std::string> because = {};  // to be asked for when it starts, for this reason
  bool operator==(const Wanted&) const = default;
};

// One deployment asked about. `plan` is its plan's digest and `unsupported` what the plan found.
struct Question {
  const Rules& rules;
  const State& state;
  const Release& release;
  const Environment& environment;  // of rules.definition
  Digest plan;
  std::vector<Unsupported> unsupported;
  Wanted wanted;
  Instant now{};
};

// Whether this release may be deployed here at this moment.
[[nodiscard]] Verdict may_deploy(const Question&);

// Whether the release has been good in the environment: its newest started attempt there ended
// well, and the approvals after it hold.
[[nodiscard]] Finding good_in(const Rules&, const Release&, const Environment&, bool partial_counts,
                              Instant now);

// How the approvals of one moment stand, one finding a rule. Before: of the attempt that is open or
// would be next. After: of the newest finished one.
std::vector<Finding> approvals(const Question&, Moment);

// Whether this person may say yes or no, before or after: some approval rule names them and does
// not bar them. `rules` has one finding a rule that was asked; empty: there is nothing to decide.
struct MayDecide {
  bool allowed = false;
  bool barred = false;  // named by a rule, but cut the release or asked for the deployment
  std::vector<Finding> rules;
  // Whom to ask: addresses, and groups whose members are patterns. Not who is barred or has
  // approved.
  std::vector<std::string> others;
};
[[nodiscard]] MayDecide may_decide(const Question&, Moment, const std::string& person);

// What wants to be deployed to an environment: what `run` would try, in order. By itself at most
// one release with queue = "latest"; besides those that somebody asked for.
std::vector<Wanted> candidates(const Rules&, const State&, const Environment&);

// How this release is wanted there, when it is: a candidate, or asked for; otherwise automatic.
// What is unfinished there is wanted on the targets it was started for.
Wanted wanted(const Rules&, const State&, const Release&, const Environment&);

// The releases a present-only state must hold to answer for every environment of a definition.
std::vector<ReleaseNumber> of_interest(const Rules&, const State&);

// Whether the bounded lists of the present are too short to answer: more than 64 releases wait in a
// queue = "all". Then the whole state has to be read.
bool wants_whole(const Rules&, const State&);

}  // namespace davit
