// SPDX-License-Identifier: MIT
#include "tests/bench/life.hpp"

#include <fmt/format.h>

namespace davit::bench {

namespace {

const char* const kEnvironments[] = {"dev", "test", "staging", "preprod", "production"};

ReleaseCreated cut(const Pinned& pinned, int number) {
  ReleaseCreated created;
  created.release = {number};
  created.name = fmt::format("2026.11.22-{}", number);
  created.definition = pinned.definition;
  created.subject = "checkout: round once";
  created.artifacts.push_back({.name = "app",
                               .kind = "file",
                               .source = fmt::format("build/shop-1.{}.0.tar.gz", number),
                               .version = fmt::format("1.{}.0", number),
                               .digest = sha256(std::to_string(number)),
                               .size = 12'400'000});
  return created;
}

ApprovalGiven approved(const DeploymentId& id) {
  ApprovalGiven given;
  given.deployment = id;
  given.plan = sha256("plan");
  given.comment = "checked with support";
  return given;
}

// The number of a release is the fencing number of its deployments: each environment takes all
// releases in their order.
DeploymentStarted started(const DeploymentId& id, Instant now) {
  DeploymentStarted began;
  began.deployment = id;
  began.plan = sha256("plan");
  began.lease = {id.release.value, now + std::chrono::hours(1), {"build1", 4711, "boot", 12345}};
  if (id.release.value > 1) began.from = ReleaseNumber{id.release.value - 1};
  began.steps = 4;
  return began;
}

DeploymentFinished finished(const DeploymentId& id) {
  DeploymentFinished ended{.deployment = id, .fence = id.release.value};
  ended.took = std::chrono::milliseconds(9200);
  for (const char* step : {"Unpack", "Switch", "Restart", "Smoke test"})
    ended.steps.push_back(
        {.step = step, .target = "local", .took = std::chrono::milliseconds(2300)});
  ended.log = sha256("log");
  return ended;
}

}  // namespace

std::vector<Fact> life(const Pinned& pinned, int number, bool last, Instant now) {
  std::vector<Fact> facts{cut(pinned, number)};
  for (const std::string environment : kEnvironments) {
    const DeploymentId id{{number}, environment, 1};
    if (environment == "production") {
      if (last) break;
      facts.push_back(approved(id));
    }
    facts.push_back(started(id, now));
    facts.push_back(finished(id));
  }
  return facts;
}

}  // namespace davit::bench
