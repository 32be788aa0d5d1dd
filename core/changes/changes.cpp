// SPDX-License-Identifier: MIT
#include "core/changes/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "core/plan/values.hpp"

namespace davit {

namespace {

// The commits behind the second and not behind the first, newest first.
Result<std::vector<Commit>> commits_between(Repository& repository, const std::string& from,
                                            const std::string& to) {
  std::vector<Commit> out;
  DAVIT_TRY(const auto log, repository.git({"log", "-z", "--format=%H%n%an%n%aE%n%aI%n%s",
                                            fmt::format("{}..{}", from, to), "--"}));
  std::istringstream entries(log);
  for (std::string entry; std::getline(entries, entry, '\0');) {
    std::istringstream lines(entry);
    Commit one;
    for (auto* field : {&one.id, &one.author, &one.email, &one.at, &one.summary})
      std::getline(lines, *field);
    out.push_back(std::move(one));
  }
  return out;
}

Outcome find_commits(Changes& found, Repository& repository, const std::string& before,
                     const std::string& after) {
  if (before == after) return Done{};
  for (const auto& commit : {before, after}) {
    DAVIT_TRY(const auto known, repository.resolve(commit));
    if (known) continue;
    found.unknown.push_back(fmt::format("commits: {} is not in this clone; git fetch --unshallow",
                                        commit.substr(0, 7)));
    return Done{};
  }
  DAVIT_TRY(found.commits, commits_between(repository, before, after));
  DAVIT_TRY(found.lost, commits_between(repository, after, before));
  return Done{};
}

void find_artifacts(Changes& found, const Release* before, const Release& after) {
  const auto of = [](const Release* release, const std::string& name) {
    const auto* pin = release ? release->artifact(name) : nullptr;
    return pin ? std::optional(*pin) : std::nullopt;
  };
  for (const auto& artifact : after.artifacts) {
    auto was = of(before, artifact.name);
    if (!was || was->digest != artifact.digest || was->version != artifact.version)
      found.artifacts.push_back({artifact.name, std::move(was), artifact});
  }
  if (before == nullptr) return;
  for (const auto& artifact : before->artifacts)
    if (!after.artifact(artifact.name))
      found.artifacts.push_back({artifact.name, artifact, std::nullopt});
}

std::map<std::string, PlannedValue> by_name(const std::vector<PlannedValue>& values) {
  std::map<std::string, PlannedValue> out;
  for (const auto& value : values) out.emplace(value.name, value);
  return out;
}

bool same(const PlannedValue& a, const PlannedValue& b) {
  return a.value == b.value && a.secret == b.secret;
}

void find_variables(Changes& found, const std::vector<PlannedValue>& before,
                    const std::vector<PlannedValue>& after) {
  const auto had = by_name(before), has = by_name(after);
  for (const auto& [name, value] : has) {
    const auto was = had.find(name);
    if (was == had.end())
      found.variables.push_back({name, std::nullopt, value});
    else if (!same(was->second, value))
      found.variables.push_back({name, was->second, value});
  }
  for (const auto& [name, value] : had)
    if (has.count(name) == 0) found.variables.push_back({name, value, std::nullopt});
}

// With the values that the live release's steps got there.
void find_variables(Changes& found, Registry& registry, const Case& seen, const Release& live) {
  const auto pinned = registry.pinned(seen.rules.definition.name, live.definition);
  if (!pinned) return;  // find_differences() has said so
  const auto* environment = pinned->environment(seen.environment->name);
  const auto had =
      environment_values(*pinned, environment ? *environment : *seen.environment, live);
  if (had)
    find_variables(found, *had, seen.plan.values);
  else
    found.unknown.push_back("variables: " + had.error().message);
}

void find_differences(Changes& found, Registry& registry, const DefinitionPin& before,
                      const DefinitionPin& after) {
  if (before.digest == after.digest) return;
  const auto had = registry.pinned_text(found.definition, before);
  const auto has = registry.pinned_text(found.definition, after);
  if (had && has)
    found.differences = differences(toml_values(*had), toml_values(*has));
  else
    found.unknown.push_back("definition: " + (had ? has : had).error().message);
}

// What is said of other environments, and of variables, which are told by their values.
bool concerns(const Difference& difference, const std::string& environment) {
  const auto& path = difference.path;
  if (path.empty() || path[0] == "variables") return false;
  if (path[0] != "environments" || path.size() < 2) return true;
  return path[1] == environment && (path.size() < 3 || path[2] != "variables");
}

}  // namespace

Result<Changes> changes(Registry& registry, const std::string& definition, const Release* before,
                        const Release& after) {
  Changes found;
  found.definition = definition;
  found.to = after.number;
  find_artifacts(found, before, after);
  if (before == nullptr) return found;
  found.from = before->number;
  DAVIT_CHECK(find_commits(found, registry.repository(), before->definition.commit,
                           after.definition.commit));
  find_differences(found, registry, before->definition, after.definition);
  return found;
}

Result<Changes> changes(Registry& registry, const Case& seen) {
  const auto& environment = seen.environment->name;
  const auto* live = seen.state.environment(environment).live();
  const auto* before = live ? seen.state.release(live->release) : nullptr;
  DAVIT_TRY(auto found, changes(registry, seen.rules.definition.name, before, *seen.release));
  found.environment = environment;
  std::erase_if(found.differences,
                [&](const Difference& one) { return !concerns(one, environment); });
  if (before != nullptr) find_variables(found, registry, seen, *before);
  for (const auto& planned : seen.plan.steps)
    if (planned.step.enabled && !planned.step.reversible)
      found.irreversible.push_back(planned.step.name);
  found.todays_steps = seen.plan.todays_steps;
  return found;
}

}  // namespace davit
