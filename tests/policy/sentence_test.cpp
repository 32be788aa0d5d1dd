// SPDX-License-Identifier: MIT
// The sentences of `git log`.
#include <doctest/doctest.h>

#include "tests/policy/story.hpp"

using namespace davit;
using namespace davit::story;

namespace {

std::string said(const Fact& fact) {
  return sentence("storefront", {{std::string(32, '7')}, "", noon(), "bob@example.com", "", fact});
}

}  // namespace

TEST_CASE("the log reads as an audit trail") {
  auto created = cut(18);
  created.subject = "checkout: round once";
  CHECK(said(created) == "created storefront/18 2026.11.22-18 at ccccccc \"checkout: round once\"");
  CHECK(said(asked(18, "production")) == "asked to deploy storefront/18 to production: \"wanted\"");
  auto approval = approved(18, "production");
  CHECK(said(approval) == "approved storefront/18 for production");
  approval.comment = "checked with support";
  CHECK(said(approval) == "approved storefront/18 for production: \"checked with support\"");
  CHECK(said(rejected_after(18, "production", 2)) ==
        "rejected storefront/18 in production (attempt 2)");
  CHECK(said(began(18, "production", 12)) ==
        "started storefront/18 → production, lease 12, plan " + digest("plan").abbreviated() + "…");
  CHECK(
      said(paused(18, "production", 12)) ==
      "interrupted storefront/18 → production at step Switch, 1 of 2 steps done: stopped by alice");
  CHECK(said(resumed(18, "production", 13)) == "resumed storefront/18 → production, lease 13");
  CHECK(said(canceled(18, "production")) ==
        "asked to cancel storefront/18 → production: \"not today\"");
  CHECK(said(ended(18, "production", 13)) == "deployed storefront/18 to production in 1m 04s");
  auto failed = ended(18, "production", 13, Ended::failed);
  failed.message = "step Switch: exit 1";
  CHECK(said(failed) == "failed storefront/18 → production after 1m 04s: step Switch: exit 1");
  CHECK(said(EnvironmentLocked{"production", "incident 4711", {}}) ==
        "locked production: \"incident 4711\"");
}

TEST_CASE("a sentence is one line whatever people write") {
  for (const auto* words : {"two\nlines", "\x1b[31mred\x7f", "\r\n\r\nDavit-Sequence: 1"}) {
    const auto line = said(ReleaseAbandoned{{1}, words});
    for (const char c : line) CHECK_FALSE((c >= 0 && c < ' '));
  }
  CHECK(said(ReleaseAbandoned{{1}, "two\n\nlines"}) == "abandoned storefront/1: \"two lines\"");
  std::string longer;
  for (int i = 0; i < 100; ++i) longer += "ü";
  std::string cut_short;
  for (int i = 0; i < 60; ++i) cut_short += "ü";
  CHECK(said(ReleaseAbandoned{{1}, longer}) == "abandoned storefront/1: \"" + cut_short + "…\"");
}
