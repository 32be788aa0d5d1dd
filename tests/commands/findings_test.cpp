// SPDX-License-Identifier: MIT
// What the policy found, in words.
#include <doctest/doctest.h>

#include "cli/when.hpp"
#include "cli/words.hpp"
#include "tests/commands/golden.hpp"

namespace davit {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kNow = HandClock().now();

Place at(int line) { return {".davit/definitions/storefront.toml", line, 3, "4be1c9d"}; }

std::vector<Finding> some_findings() {
  return {
      {.rule = Rule::release_active, .detail = "active"},
      {.rule = Rule::needs,
       .place = at(38),
       .subject = "staging",
       .detail = "succeeded",
       .since = kNow - minutes(1)},
      {.rule = Rule::needs,
       .holds = false,
       .place = at(38),
       .subject = "load",
       .detail = "failed",
       .since = kNow - hours(30),
       .clears = Clears::deployment},
      {.rule = Rule::wanted, .people = {"alice@example.com"}, .detail = "manual"},
      {.rule = Rule::lock,
       .holds = false,
       .subject = "production",
       .people = {"bob@example.com"},
       .detail = "incident \x1b[5m4711",
       .since = kNow - minutes(40),
       .clears_at = kNow + minutes(29),
       .clears = Clears::time,
       .remedy = "unlock storefront production"},
      {.rule = Rule::free,
       .holds = false,
       .subject = "storefront/16",
       .people = {"carol@example.com"},
       .detail = "running",
       .since = kNow - minutes(2),
       .clears = Clears::deployment},
      {.rule = Rule::approval,
       .holds = false,
       .place = at(44),
       .subject = "release-managers",
       .have = 1,
       .want = 2,
       .people = {"bob@example.com"},
       .void_people = {"alice@example.com: cut the release or asked for the deployment"},
       .clears_at = kNow + hours(24 * 30),
       .clears = Clears::person,
       .remedy = "approve storefront/17 production"},
      {.rule = Rule::approval,
       .place = at(45),
       .subject = "security",
       .have = 1,
       .want = 1,
       .people = {"carol@example.com"}},
      {.rule = Rule::supported, .holds = false, .place = at(50), .subject = "gates"},
  };
}

const Telling kTelling{
    .release = {"storefront", {17}}, .now = kNow, .you_may_approve = true, .branch = "main"};

}  // namespace

TEST_CASE("findings stand in columns: rule, fact, place, way out") {
  DeskOnStrings desk;  // sets the time zone
  golden("findings", findings_table(some_findings(), kTelling, Style{}).render(Style{}));
}

TEST_CASE("obstacles alone, for whoever waits") {
  DeskOnStrings desk;
  golden("obstacles", obstacles_table(some_findings(), kTelling, Style{}).render(Style{}));
  CHECK(brief(some_findings(), kTelling) ==
        "needs load · locked by bob until 14:32 · behind storefront/16 · 1 of 2 approvals · "
        "not yet supported: gates");
}

TEST_CASE("a finding as a member of a record") {
  CHECK(to_json(some_findings().back()).dump() ==
        "{\"rule\":\"supported\",\"holds\":false,\"subject\":\"gates\",\"clears\":\"nothing\","
        "\"place\":{\"file\":\".davit/definitions/storefront.toml\",\"line\":50,\"column\":3,"
        "\"revision\":\"4be1c9d\"}}");
}

TEST_CASE("moments and ages") {
  DeskOnStrings desk;
  CHECK(when(kNow, kNow) == "14:03");
  CHECK(when(kNow - hours(30), kNow) == "Sat 08:03");
  CHECK(when(kNow - hours(24 * 10), kNow) == "2026-11-12 14:03");
  CHECK(age(kNow - std::chrono::seconds(12), kNow) == "12s");
  CHECK(age(kNow - minutes(40), kNow) == "40m");
  CHECK(age(kNow - hours(5), kNow) == "5h");
  CHECK(age(kNow - hours(24 * 6), kNow) == "6d");
  CHECK(age(kNow - hours(24 * 15), kNow) == "2w");
  CHECK(age(kNow + hours(1), kNow) == "0s");
}

TEST_CASE("counted things") {
  CHECK(counted(1, "error") == "1 error");
  CHECK(counted(0, "error") == "0 errors");
  CHECK(counted(3, "entry", "entries") == "3 entries");
}

}  // namespace davit
