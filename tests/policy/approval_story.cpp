// SPDX-License-Identifier: MIT
// Who has to agree, whose yes counts, and for how long.
#include <doctest/doctest.h>

#include "tests/policy/shop.hpp"

using namespace davit;
using namespace davit::story;

namespace {

const auto soon = noon() + 1h;

// dev waits for approvals; release 1 is cut by alice.
Rules careful(std::vector<Check> checks) {
  auto rules = shop();
  environment(rules, "dev").before = std::move(checks);
  return rules;
}

Finding standing(const Rules& rules, const State& state, Instant now = soon) {
  for (const auto& finding : asked_about(rules, state, 1, "dev", now).findings)
    if (finding.rule == Rule::approval) return finding;
  FAIL("no approval was asked about");
  return {};
}

MayDecide may(const Rules& rules, const State& state, const std::string& person) {
  const auto* release = state.release({1});
  return may_decide({rules,
                     state,
                     *release,
                     *rules.definition.environment("dev"),
                     digest("plan"),
                     {},
                     {.release = {1}},
                     soon},
                    Moment::before, person + "@example.com");
}

}  // namespace

TEST_CASE("it waits until enough of those who may have agreed") {
  const auto rules = careful({approval_by({"bob", "carol", "dave"}, 2)});
  CHECK(standing(rules, told({cut(1)})).have == 0);
  const auto one = told({cut(1), by("bob", approved(1, "dev"))});
  CHECK(standing(rules, one).have == 1);
  CHECK_FALSE(standing(rules, one).holds);
  const auto two = told({cut(1), by("bob", approved(1, "dev")), by("carol", approved(1, "dev"))});
  CHECK(asked_about(rules, two, 1, "dev", soon).allowed());
}

TEST_CASE("one person saying yes twice is one person") {
  const auto rules = careful({approval_by({"bob", "carol"}, 2)});
  Story story;
  for (const auto& line :
       {Line(cut(1)), by("bob", approved(1, "dev")), by("bob", approved(1, "dev"))})
    story.tell(line);
  CHECK(standing(rules, story.state()).have == 1);
}

TEST_CASE("two of the developers and one of security: every rule must be met") {
  const auto rules = careful({approval_by({"bob", "carol"}, 2), approval_by({"dave"}, 1)});
  const auto developers =
      told({cut(1), by("bob", approved(1, "dev")), by("carol", approved(1, "dev"))});
  CHECK_FALSE(asked_about(rules, developers, 1, "dev", soon).allowed());
  const auto all = told({cut(1), by("bob", approved(1, "dev")), by("carol", approved(1, "dev")),
                         by("dave", approved(1, "dev"))});
  CHECK(asked_about(rules, all, 1, "dev", soon).allowed());
}

TEST_CASE("groups and patterns name people, whatever the case of the address") {
  auto rules = careful({approval_by({"bob"})});
  rule(environment(rules, "dev").before.front()).from = {{"group:managers", {}}};
  rules.team.groups = {{"managers", {{"*@Example.com", {}}}, {}}};
  CHECK(
      asked_about(rules, told({cut(1), by("zoe", approved(1, "dev"))}), 1, "dev", soon).allowed());
}

TEST_CASE("a stranger's yes counts for nothing, and a stranger may not give one") {
  const auto rules = careful({approval_by({"bob"})});
  const auto state = told({cut(1), by("mallory", approved(1, "dev"))});
  CHECK(standing(rules, state).have == 0);
  CHECK_FALSE(may(rules, state, "mallory").allowed);
  CHECK(may(rules, state, "bob").allowed);
}

TEST_CASE(
    "who cut the release or asked for the deployment may not approve it, where that is said") {
  auto rules = careful({approval_by({"alice", "bob", "carol"})});
  rule(environment(rules, "dev").before.front()).requester = false;
  const auto own = told({cut(1), by("alice", approved(1, "dev"))});
  CHECK(standing(rules, own).have == 0);
  CHECK(standing(rules, own).void_people.size() == 1);
  CHECK(may(rules, own, "alice").barred);
  const auto asked_for = told({cut(1), by("bob", asked(1, "dev")), by("bob", approved(1, "dev"))});
  CHECK(standing(rules, asked_for).have == 0);
  CHECK(may(rules, asked_for, "carol").allowed);
  const Wanted by_carol{{1}, Cause::manual, false, "carol@example.com"};
  const auto verdict =
      asked_about(rules, told({cut(1), by("carol", approved(1, "dev"))}), 1, "dev", soon, by_carol);
  CHECK_FALSE(verdict.allowed());
}

TEST_CASE("a yes to another plan is void") {
  const auto rules = careful({approval_by({"bob"})});
  auto other = approved(1, "dev");
  other.plan = digest("another plan");
  const auto state = told({cut(1), by("bob", other)});
  CHECK(standing(rules, state).have == 0);
  CHECK(standing(rules, state).void_people ==
        std::vector<std::string>{"bob@example.com: was for another plan"});
}

TEST_CASE("a yes that was not used in time is void") {
  auto rules = careful({approval_by({"bob"})});
  rule(environment(rules, "dev").before.front()).expires = 2h;
  const auto state = told({cut(1), by("bob", approved(1, "dev"))});
  CHECK(standing(rules, state, noon() + 1h).holds);
  CHECK_FALSE(standing(rules, state, noon() + 3h).holds);
}

TEST_CASE("undecided for too long is refused, and asking again opens it anew") {
  auto rules = careful({approval_by({"bob"})});
  rule(environment(rules, "dev").before.front()).timeout = 24h;
  const auto state = told({cut(1)});
  CHECK(standing(rules, state, noon() + 1h).waits());
  CHECK(standing(rules, state, noon() + 1h).clears_at.has_value());
  const auto late = standing(rules, state, noon() + 25h);
  CHECK_FALSE(late.waits());
  CHECK(late.remedy == "redeploy shop/1 dev");
  const auto again = told({cut(1), later(25h, asked(1, "dev"))});
  CHECK(standing(rules, again, noon() + 26h).waits());
}

TEST_CASE("a no ends the attempt; the next one starts with no decisions") {
  const auto rules = careful({approval_by({"bob", "carol"}, 1)});
  const auto no = told({cut(1), by("bob", rejected(1, "dev"))});
  CHECK_FALSE(asked_about(rules, no, 1, "dev", soon).allowed());
  CHECK_FALSE(asked_about(rules, no, 1, "dev", soon).waits());
  const auto again = told(
      {cut(1), by("carol", approved(1, "dev")), by("bob", rejected(1, "dev")), asked(1, "dev", 2)});
  CHECK(standing(rules, again).have == 0);
  CHECK(standing(rules, again).waits());
}

TEST_CASE("an approval after holds what follows, and the environment, until it is given") {
  auto rules = shop();
  environment(rules, "dev").after = {approval_by({"bob"})};
  const auto waits = told({cut(1), began(1, "dev", 1), ended(1, "dev", 1), cut(2)});
  CHECK(only_obstacle(asked_about(rules, waits, 1, "staging", soon)).rule == Rule::needs);
  const auto held = only_obstacle(asked_about(rules, waits, 2, "dev", soon));
  CHECK(held.rule == Rule::free);
  CHECK(held.remedy == "approve shop/1 dev");
  auto yes = approved_after(1, "dev");
  const auto given = told({cut(1), began(1, "dev", 1), ended(1, "dev", 1), cut(2), by("bob", yes)});
  CHECK(asked_about(rules, given, 1, "staging", soon).allowed());
  CHECK(asked_about(rules, given, 2, "dev", soon).allowed());
}

TEST_CASE("who approved a release may go back to it, though nobody approves what they ask for") {
  auto rules = careful({approval_by({"bob"})});
  rule(environment(rules, "dev").before.front()).requester = false;
  const auto state =
      told({cut(1), by("bob", approved(1, "dev")), began(1, "dev", 1), ended(1, "dev", 1), cut(2),
            by("bob", approved(2, "dev")), began(2, "dev", 2), ended(2, "dev", 2, Ended::failed)});
  const Wanted back{{1}, Cause::rollback, true, "bob@example.com"};
  CHECK(asked_about(rules, state, 1, "dev", soon, back).allowed());
}

TEST_CASE("a rollback repeats what was approved: nobody is asked again") {
  const auto rules = careful({approval_by({"bob"})});
  const auto state =
      told({cut(1), by("bob", approved(1, "dev")), began(1, "dev", 1), ended(1, "dev", 1), cut(2),
            by("bob", approved(2, "dev")), began(2, "dev", 2), ended(2, "dev", 2)});
  const Wanted back{{1}, Cause::rollback, true, "alice@example.com"};
  CHECK(asked_about(rules, state, 1, "dev", noon() + 24h * 90, back).allowed());
}
