// SPDX-License-Identifier: MIT
#include "tests/policy/story.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace davit::story {

Line by(const std::string& name, Line line) {
  line.by = name + "@example.com";
  return line;
}

Line later(Duration after, Line line) {
  line.after = after;
  return line;
}

Instant noon() { return *parse_instant("2026-11-22T12:00:00.000Z"); }

Story::Story() : now_(noon() - 1min) { tell(LedgerOpened{"shop"}); }

Applied Story::tell(const Line& line) {
  now_ += line.after;
  return again({{fmt::format("{:032x}", events_.size() + 1)},
                state_.ledger,
                now_,
                line.by,
                std::string(40, 'a'),
                line.fact});
}

Applied Story::again(const Event& event) {
  events_.push_back(event);
  return apply(state_, event);
}

State told(const std::vector<Line>& lines) {
  Story story;
  for (const auto& line : lines) {
    const auto applied = story.tell(line);
    INFO(type(line.fact), ": ", applied.reason);
    CHECK(applied.effective);
  }
  return story.state();
}

std::string refusal(std::vector<Line> before, const Line& last) {
  Story story;
  for (const auto& line : before) CHECK(story.tell(line).effective);
  auto expected = story.state();
  const auto applied = story.tell(last);
  if (applied.effective) return "";
  expected.sequence = story.state().sequence;
  expected.recent_events = story.state().recent_events;
  CHECK(story.state() == expected);
  return applied.reason;
}

Digest digest(const std::string& of) { return sha256(of); }

DeploymentId deployment(int release, const std::string& environment, int attempt) {
  return {{release}, environment, attempt};
}

Lease lease(int fence, Instant until) { return {fence, until, {"build1", 4711, "boot", 12345}}; }

ReleaseCreated cut(int release) {
  ReleaseCreated created;
  created.release = {release};
  created.name = fmt::format("2026.11.22-{}", release);
  created.definition = {".davit/definitions/shop.toml", std::string(40, 'b'), std::string(40, 'c'),
                        "main", digest("definition")};
  return created;
}

ReleaseCreated drafted(int release) {
  auto created = cut(release);
  created.draft = true;
  return created;
}

DeploymentRequested asked(int release, const std::string& environment, int attempt) {
  return {deployment(release, environment, attempt), Cause::manual, false, {}, "wanted"};
}

namespace {

template <typename Kind>
Kind decided(const DeploymentId& id, Moment moment, bool approves) {
  Kind decision;
  decision.deployment = id;
  decision.moment = moment;
  decision.approves = approves;
  decision.plan = digest("plan");
  return decision;
}

}  // namespace

ApprovalGiven approved(int release, const std::string& environment, int attempt) {
  return decided<ApprovalGiven>(deployment(release, environment, attempt), Moment::before, true);
}
ApprovalRejected rejected(int release, const std::string& environment, int attempt) {
  return decided<ApprovalRejected>(deployment(release, environment, attempt), Moment::before,
                                   false);
}
ApprovalGiven approved_after(int release, const std::string& environment, int attempt) {
  return decided<ApprovalGiven>(deployment(release, environment, attempt), Moment::after, true);
}
ApprovalRejected rejected_after(int release, const std::string& environment, int attempt) {
  return decided<ApprovalRejected>(deployment(release, environment, attempt), Moment::after, false);
}

DeploymentStarted began(int release, const std::string& environment, int fence, int attempt) {
  DeploymentStarted started;
  started.deployment = deployment(release, environment, attempt);
  started.plan = digest("plan");
  started.lease = lease(fence);
  started.steps = 2;
  return started;
}

DeploymentPaused paused(int release, const std::string& environment, int fence, int attempt) {
  return {deployment(release, environment, attempt),
          fence,
          DeploymentPaused::Why::interrupted,
          "Switch",
          "stopped by alice",
          1,
          2};
}

DeploymentResumed resumed(int release, const std::string& environment, int fence, int attempt) {
  return {deployment(release, environment, attempt), lease(fence), ""};
}

CancelAsked canceled(int release, const std::string& environment, int attempt) {
  return {deployment(release, environment, attempt), "not today"};
}

DeploymentFinished ended(int release, const std::string& environment, int fence, Ended how,
                         int attempt) {
  return {deployment(release, environment, attempt), fence, how, 64s, {}, "", digest("log")};
}

}  // namespace davit::story
