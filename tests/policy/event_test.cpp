// SPDX-License-Identifier: MIT
// Events as bytes: what is written is read again, and nothing else is.
#include <doctest/doctest.h>

#include "tests/policy/story.hpp"

using namespace davit;
using namespace davit::story;

namespace {

Event event(const Fact& fact) {
  return {{std::string(32, '7')}, digest("ledger").hex, noon() + 123ms,
          "alice@example.com",    std::string(40, 'a'), fact};
}

ReleaseCreated full_release() {
  auto created = drafted(17);
  created.untrusted = true;
  created.definition.branch = "feature/ü";
  created.artifacts = {
      {"app", "file", "build/app-1.8.3.tar.gz", "1.8.3", digest("app"), "", 12'400'000, 1},
      {"migrations", "git", "db", "77ab", digest("db"), std::string(40, '7'), 99, 6}};
  created.values = {{"LOG_LEVEL", "debug"}, {"EMPTY", ""}, {"A_B", "line\nbreak \"quoted\""}};
  created.note = "for the fair";
  created.subject = "checkout: round once";
  return created;
}

// Every fact, bare and with everything in it.
std::vector<Fact> every_fact() {
  auto decision = approved_after(2, "production", 3);
  decision.comment = "checked with support";
  decision.seen = std::string(40, 'd');
  auto rejection = rejected(2, "production");
  rejection.plan = {};
  auto started = began(2, "production", 4);
  started.cause = Cause::rollback;
  started.from = ReleaseNumber{1};
  started.skip_needs = true;
  started.narrowing = {{"web1", "role=db"}, {"web[23]"}};
  started.targets = 1;
  started.of = 3;
  auto finished = ended(2, "production", 4, Ended::failed);
  finished.steps = {{"main", "Switch", "web1", StepRecord::Status::failed, 3, 12s, false, "exit 1"},
                    {"", "Smoke", "", StepRecord::Status::not_started, 0, 0ms, true, ""}};
  finished.message = "step Switch: exit 1";
  return {LedgerOpened{"shop"},
          cut(1),
          full_release(),
          ReleaseStarted{{1}},
          ReleaseAbandoned{{1}, "superseded"},
          ReleaseMarked{{1}, true, "loses orders"},
          ReleaseMarked{{1}, false, ""},
          asked(1, "dev"),
          DeploymentRequested{deployment(1, "dev"), Cause::redeploy, true, {{"web1"}, {}}, ""},
          approved(1, "dev"),
          decision,
          rejection,
          rejected_after(1, "dev"),
          began(1, "dev", 1),
          started,
          LeaseExtended{deployment(1, "dev"), 1, noon()},
          paused(1, "dev", 1),
          resumed(1, "dev", 2),
          canceled(1, "dev"),
          ended(1, "dev", 1),
          finished,
          EnvironmentLocked{"dev", "incident", noon() + 1h},
          EnvironmentLocked{"dev", "", {}},
          EnvironmentUnlocked{"dev", "over"}};
}

std::string why_not(const std::string& line) {
  const auto decoded = decode(line);
  if (!decoded) return decoded.error().message;
  const auto* unknown = std::get_if<Unknown>(&decoded->fact);
  return unknown == nullptr ? "" : unknown->why;
}

std::string with(std::string line, const std::string& what, const std::string& instead) {
  const auto at = line.find(what);
  REQUIRE(at != std::string::npos);
  return line.replace(at, what.size(), instead);
}

}  // namespace

TEST_CASE("every fact is read as it was written") {
  for (const auto& fact : every_fact()) {
    const auto before = event(fact);
    const auto line = encode(before);
    CAPTURE(line);
    const auto after = decode(line);
    REQUIRE_MESSAGE(after.has_value(), (after ? "" : after.error().message));
    CHECK(*after == before);
    CHECK(encode(*after) == line);
    CHECK(line.find('\n') == std::string::npos);
  }
}

TEST_CASE("the stored bytes are these") {
  auto decision = approved(18, "production");
  decision.comment = "checked with support";
  CHECK(
      encode(event(decision)) ==
      R"({"v":1,"id":"77777777777777777777777777777777","ledger":")" + digest("ledger").hex +
          R"(","type":"approval-given","at":"2026-11-22T12:00:00.123Z","by":"alice@example.com",)" +
          R"("rules":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",)" +
          R"("deployment":{"release":18,"environment":"production","attempt":1},"moment":"before",)" +
          R"("plan":")" + digest("plan").hex + R"(","comment":"checked with support"})");
  auto finished = ended(1, "dev", 3, Ended::partial);
  finished.log = {};
  CHECK(
      encode(event(finished))
          .ends_with(
              R"("deployment":{"release":1,"environment":"dev","attempt":1},"fence":3,"ended":"partial","took_ms":64000})"));
}

TEST_CASE("a later davit's types, versions and members are let be") {
  const auto line = encode(event(cut(1)));
  const auto later_type = decode(with(line, "release-created", "moon-observed"));
  REQUIRE(later_type.has_value());
  CHECK(std::get<Unknown>(later_type->fact).type == "moon-observed");
  CHECK(type(later_type->fact) == std::string("moon-observed"));
  const auto later_version = decode(with(line, R"("v":1)", R"("v":2)"));
  REQUIRE(later_version.has_value());
  CHECK(later_version->fact == Fact(Unknown{"release-created", ""}));
  const auto more = decode(with(line, R"("v":1)", R"("v":1,"moon":{"phase":[1,null]})"));
  REQUIRE(more.has_value());
  CHECK(more->fact == Fact(cut(1)));
}

TEST_CASE("a fact with a word of a later davit is kept as an unknown one") {
  const auto line = with(encode(event(asked(1, "dev"))), R"("manual")", R"("whim")");
  const auto decoded = decode(line);
  REQUIRE(decoded.has_value());
  CHECK(decoded->fact == Fact(Unknown{"deployment-requested",
                                      "deployment-requested: 'cause' is not a word that this "
                                      "davit knows"}));
  CHECK(decoded->id == event(asked(1, "dev")).id);
  CHECK(kept(line) == *decoded);
}

TEST_CASE("a line that is no event is kept as one that changes nothing") {
  for (const auto* line : {"{}", "{", "\xff", "{\"v\":1}"}) {
    const auto event = kept(line);
    CHECK(event.id.value.size() == 32);
    CHECK(event.id == kept(line).id);
    Story story;
    CHECK(story.again(event).reason == std::get<Unknown>(event.fact).why);
    CHECK(story.state().sequence == 2);
    CHECK(sentence("shop", event).find("recorded what davit can't read: ") == 0);
  }
}

TEST_CASE("a fact without what it must have is not known") {
  const auto line = encode(event(cut(1)));
  CHECK(why_not(with(line, R"("release":1,)", "")) == "release-created has no 'release'");
  CHECK(why_not(with(line, R"("release":1,)", R"("release":0,)")) ==
        "release-created: 'release' is not a release's number");
  CHECK(why_not(with(line, R"("release":1,)", R"("release":1.5,)")) != "");
  CHECK(why_not(with(line, R"("release":1,)", R"("release":99999999999999999999,)")) != "");
  CHECK(why_not(with(line, R"("release":1,)", R"("release":-9223372036854775808,)")) != "");
  CHECK(why_not(with(line, R"("release":1,)", R"("release":"1",)")) != "");
  CHECK(why_not(with(line, R"("commit":"cc)", R"("commit":"gg)")) ==
        "release-created: 'definition.commit' is not a git object id");
  CHECK(why_not(with(line, R"("id":"77)", R"("id":"7)")) == "the event: 'id' is not an event's id");
  CHECK(why_not(with(line, R"("by":"alice@example.com")", R"("by":"alice\n<x>")")) ==
        "the event: 'by' is not an e-mail address");
  CHECK(why_not(with(line, "T12:00", "T25:00")) ==
        "the event: 'at' is not a moment such as 2026-11-22T14:03:07.123Z");
  CHECK(why_not(with(line, R"("type":"release-created",)", "")) == "the event has no 'type'");
}

TEST_CASE("what is deep inside is named by its path") {
  const auto line = encode(event(full_release()));
  CHECK(why_not(with(line, digest("db").hex, "no digest")) ==
        "release-created: 'artifacts[1].digest' is not a SHA-256 digest");
  CHECK(why_not(with(line, "LOG_LEVEL", "LOG LEVEL")) ==
        "release-created: 'values.LOG LEVEL' is not a variable's name");
  const auto request = encode(event(asked(1, "dev")));
  CHECK(why_not(with(request, R"("dev")", R"("../dev")")) ==
        "deployment-requested: 'deployment.environment' is not a name");
  CHECK(why_not(with(request, R"("manual")", R"("whim")")) ==
        "deployment-requested: 'cause' is not a word that this davit knows");
  CHECK(why_not(with(encode(event(approved(1, "dev"))), digest("plan").hex, "")) ==
        "approval-given: 'plan' is not a SHA-256 digest");
}

TEST_CASE("anything else is no event and does no harm") {
  const auto line = encode(event(full_release()));
  for (std::size_t length = 0; length < line.size(); ++length)
    CHECK_FALSE(decode(line.substr(0, length)).has_value());
  for (const auto* junk : {"", " ", "null", "[]", "{}", "7", "\"release-created\"", "{\"v\":1}",
                           "\xff\xfe", "{\"v\":1,\"v\":1}"})
    CHECK_FALSE(decode(junk).has_value());
  CHECK_FALSE(decode(std::string_view("\0{}", 3)).has_value());
  CHECK_FALSE(decode(std::string(60'000, '[')).has_value());
  CHECK_FALSE(decode(line + line).has_value());
}

TEST_CASE("an event has a largest size") {
  auto created = cut(1);
  created.note = std::string(kLargestEvent, 'x');
  const auto line = encode(event(created));
  CHECK(why_not(line).find("is larger than 65536") != std::string::npos);
  created.note.resize(kLargestEvent - 2000);
  CHECK(decode(encode(event(created))).has_value());
}
