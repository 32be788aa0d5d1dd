// SPDX-License-Identifier: MIT
#include "cli/promoting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/deployment/standing.hpp"

namespace davit {

namespace {

// From the least to the worst that a run may come to.
constexpr std::array kByWeight{ExitStatus::done,   ExitStatus::waiting,  ExitStatus::refused,
                               ExitStatus::busy,   ExitStatus::partial,  ExitStatus::rolled_back,
                               ExitStatus::failed, ExitStatus::uncertain};

std::ptrdiff_t weight(ExitStatus status) {
  return std::find(kByWeight.begin(), kByWeight.end(), status) - kByWeight.begin();
}

// An automatic deployment that was tried, rejected or canceled is no news any more.
bool old_news(const Verdict& verdict) {
  const auto obstacles = verdict.obstacles();
  return std::any_of(obstacles.begin(), obstacles.end(),
                     [](const Finding& finding) { return finding.rule == Rule::finished; });
}

}  // namespace

Promoter::Promoter(Office& office, Desk& desk, Actor actor, Manner manner)
    : office_(office), desk_(desk), conductor_(office, desk, std::move(actor), std::move(manner)) {}

void Promoter::count(ExitStatus status) {
  if (weight(status) > weight(worst_)) worst_ = status;
}

Result<bool> Promoter::one_step(const std::string& definition) {
  auto& registry = office_.registry();
  DAVIT_TRY(const auto rules, registry.rules(definition));
  DAVIT_TRY(const auto state, registry.present(rules));
  for (const auto* environment : in_order(rules.definition)) {
    for (const auto& wanted : candidates(rules, state, *environment)) {
      const Subject subject{definition, wanted.release, environment->name, wanted};
      DAVIT_TRY(const auto seen, look_at(registry, rules, state, subject, desk_.clock.now()));
      const DeploymentId id{wanted.release, environment->name, seen.plan.attempt};
      if (tried_.count({definition, id}) || !seen.verdict().allowed()) continue;
      tried_.insert({definition, id});
      const auto status = conductor_.deploy(subject);
      if (!status && status.error().failure != Failure::busy) return status.error();
      if (!status) desk_.say("busy: {}\n  {}", status.error().message, status.error().hint);
      count(status ? *status : ExitStatus::busy);
      return true;
    }
  }
  return false;
}

void Promoter::say_unfinished(const Rules& rules, const State& state,
                              const Environment& environment) {
  const auto& current = state.environment(environment.name).current;
  if (!current) return;
  const auto* release = state.release(current->release);
  const auto stands =
      standing(release ? release->attempt(environment.name) : nullptr, desk_.clock.now());
  if (stands == Standing::nothing) return;
  const auto id = text(ReleaseId{rules.definition.name, current->release});
  const bool running = stands == Standing::running;
  waiting_.push(Json::object()
                    .set("release", id)
                    .set("environment", environment.name)
                    .set("unfinished", running ? "running" : "resumable"));
  count(stands == Standing::gone ? ExitStatus::uncertain : ExitStatus::waiting);
  if (desk_.settings.json) return;
  const char* how = running                      ? "is being deployed"
                    : stands == Standing::manual ? "stands at a manual step"
                    : stands == Standing::gone   ? "was cut off: its runner is gone"
                                                 : "was interrupted";
  desk_.out.line("{} → {}   {} {}   {}", id, environment.name, desk_.out.style.waiting("○"), how,
                 running ? "" : fmt::format("davit resume {} {}", id, environment.name));
}

Outcome Promoter::say_waiting(const std::string& definition) {
  auto& registry = office_.registry();
  DAVIT_TRY(const auto rules, registry.rules(definition));
  DAVIT_TRY(const auto state, registry.present(rules));
  for (const auto* environment : in_order(rules.definition)) {
    say_unfinished(rules, state, *environment);
    for (const auto& wanted : candidates(rules, state, *environment)) {
      DAVIT_TRY(const auto seen, look_at(registry, rules, state,
                                         {definition, wanted.release, environment->name, wanted},
                                         desk_.clock.now()));
      const auto verdict = seen.verdict();
      if (verdict.allowed() || old_news(verdict)) continue;
      count(say_obstacles(desk_, seen, verdict));
      waiting_.push(Json::object()
                        .set("release", text(seen.plan.release))
                        .set("environment", environment->name)
                        .set("rules", to_json(verdict)));
    }
  }
  return Done{};
}

Result<ExitStatus> Promoter::run_all(const std::vector<std::string>& definitions) {
  for (const auto& definition : definitions) {
    bool more = true;
    while (more && worst_ != ExitStatus::uncertain) {
      DAVIT_TRY(more, one_step(definition));
    }
  }
  for (const auto& definition : definitions) DAVIT_CHECK(say_waiting(definition));
  return worst_;
}

}  // namespace davit
