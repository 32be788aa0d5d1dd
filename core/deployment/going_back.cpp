// SPDX-License-Identifier: MIT
#include "core/deployment/going_back.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/files/files.hpp"

namespace davit {

namespace {

constexpr std::size_t kRoom = kLargestEvent / 2;  // for their names, in the event that starts it

using Names = std::set<std::string>;

// Whether all of it is known.
bool add_touched(const std::string& private_directory, const std::string& definition,
                 const DeploymentId& id, const Attempt& attempt, Names& touched) {
  for (const auto& step : attempt.steps)
    if (step.tries > 0 && step.target != kLocal) touched.insert(step.target);
  const auto folder = Journal::folder(private_directory, definition, id);
  if (!is_file(folder + "/journal"))
    return attempt.stage == Attempt::Stage::finished && attempt.untold == 0;
  const auto journal = Journal::read(folder);
  if (!journal) return false;
  for (const auto& step : *journal)
    if (step.tries > 0 && step.target != kLocal) touched.insert(step.target);
  return true;
}

std::optional<Names> touched_since(const std::string& private_directory, const State& state,
                                   const std::string& environment, Instant since) {
  Names out;
  for (const auto& [number, release] : state.releases) {
    const auto found = release.attempts.find(environment);
    if (found == release.attempts.end()) continue;
    for (const auto& attempt : found->second) {
      if (!attempt.started || attempt.started->at < since) continue;
      const DeploymentId id{number, environment, attempt.number};
      if (!add_touched(private_directory, state.definition, id, attempt, out)) return std::nullopt;
    }
  }
  return out;
}

Error stopped(const Subject& subject, const Deployed& deployed, const Conduct& conduct) {
  if (conduct.failed) conduct.failed(subject.definition, deployed);
  const auto& report = deployed.report;
  const bool ended = report.end == RunReport::End::finished;
  const bool partly = ended && report.ended == Ended::partial;
  return {fmt::format("the rollback did not succeed {}: {}", partly ? "everywhere" : "either",
                      report.message),
          fmt::format("davit {} {}/{} {}",
                      partly  ? "redeploy"
                      : ended ? "retry"
                              : "resume",
                      subject.definition, subject.release.value, subject.environment)};
}

// Brings back what was good when a deployment failed.
Outcome roll_back(Registry& registry, const Case& seen, const Conduct& conduct,
                  Deployed& deployed) {
  const auto& definition = seen.rules.definition.name;
  auto ledger = registry.ledger(definition);
  DAVIT_TRY(const auto state, ledger.whole());
  auto found = rollback(state, seen.environment->name);
  if (!found)
    return Error{found.error().message,
                 fmt::format("davit retry {}/{} {} tries again", definition,
                             seen.plan.release.number.value, seen.environment->name)};
  const auto& back = *found;
  if (!back.irreversible.empty())
    return Error{fmt::format("step {} was run and can't be undone", back.irreversible.front()),
                 fmt::format("davit rollback {} {} --force goes back all the same", definition,
                             seen.environment->name)};
  auto wanted = wanted_back(registry, state, seen.environment->name, back, conduct.actor.email);
  wanted.narrowing = seen.wanted.narrowing;
  const Subject subject{definition, back.to.release, seen.environment->name, std::move(wanted)};
  conduct.teller.note(fmt::format("rolling back to {}/{}", definition, back.to.release.value));
  DAVIT_TRY(const auto again, deploy(registry, subject, conduct));
  deployed.rollback_uncertain = again.report.end == RunReport::End::uncertain;
  if (again.report.end != RunReport::End::finished || again.report.ended != Ended::succeeded)
    return stopped(subject, again, conduct);
  deployed.rolled_back_to = back.to.release;
  return Done{};
}

// Otherwise nothing has changed anywhere: no target could be reached, say.
bool has_begun(const RunReport& report) {
  return std::any_of(report.steps.begin(), report.steps.end(),
                     [](const StepRecord& step) { return step.tries > 0; });
}

}  // namespace

Wanted wanted_back(Registry& registry, const State& state, const std::string& environment,
                   const Rollback& back, const std::string& asker) {
  Wanted out{
      .release = back.to.release, .cause = Cause::rollback, .skip_needs = true, .asker = asker};
  if (!back.is_live) return out;
  const auto touched =
      touched_since(registry.repository().private_directory(), state, environment, back.to.since);
  if (!touched) return out;
  std::size_t size = 0;
  for (const auto& name : *touched) size += name.size() + 3;
  if (size < kRoom) out.only.emplace(touched->begin(), touched->end());
  return out;
}

Result<Deployed> after_failure(Registry& registry, const Case& seen, const Conduct& conduct,
                               Result<Deployed> result) {
  if (!result || result->report.end != RunReport::End::finished ||
      result->report.ended != Ended::failed ||
      seen.plan.on_failure != Environment::OnFailure::rollback ||
      seen.wanted.cause == Cause::rollback || !has_begun(result->report))
    return result;
  if (conduct.failed) conduct.failed(seen.rules.definition.name, *result);
  if (const auto back = roll_back(registry, seen, conduct, *result); !back)
    result->rollback_failed = back.error();
  return result;
}

}  // namespace davit
