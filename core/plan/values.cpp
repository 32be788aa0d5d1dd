// SPDX-License-Identifier: MIT
#include "core/plan/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

using ByName = std::map<std::string, PlannedValue>;

std::vector<PlannedValue> sorted(ByName&& values) {
  std::vector<PlannedValue> out;
  out.reserve(values.size());
  for (auto& [name, value] : values) out.push_back(std::move(value));
  return out;
}

// A variable without value and secret keeps its place, so that the one to complain about is known.
void lay(ByName& values, const Variables& variables, const char* origin) {
  for (const auto& variable : variables) {
    auto& value = values[variable.name];
    value = {variable.name, variable.value.value_or(""), variable.secret, origin};
  }
}

bool has_value(const Variables& variables, const std::string& name) {
  return std::any_of(variables.begin(), variables.end(), [&](const Variable& variable) {
    return variable.name == name && (variable.value || variable.secret);
  });
}

bool given(const Release& release, const std::string& name) {
  return std::any_of(release.values.begin(), release.values.end(),
                     [&](const auto& value) { return value.first == name; });
}

}  // namespace

Result<std::vector<PlannedValue>> environment_values(const Definition& pinned,
                                                     const Environment& environment,
                                                     const Release& release) {
  ByName values;
  lay(values, pinned.variables, "definition");
  lay(values, environment.variables, "environment");
  for (const auto& [name, value] : release.values) values[name] = {name, value, {}, "release"};
  for (const auto* variables : {&pinned.variables, &environment.variables})
    for (const auto& variable : *variables)
      if (!given(release, variable.name) && !has_value(pinned.variables, variable.name) &&
          !has_value(environment.variables, variable.name))
        return Error{fmt::format("variable {} has no value", variable.name),
                     fmt::format("cut the release with --set {}=…", variable.name), variable.place};
  return sorted(std::move(values));
}

Result<std::vector<PlannedValue>> step_values(const std::vector<PlannedValue>& environment,
                                              const Variables& step,
                                              const std::vector<PlannedValue>& own) {
  ByName values;
  for (const auto& value : environment) values[value.name] = value;
  lay(values, step, "step");
  for (const auto& variable : step)
    if (!variable.value && !variable.secret)
      return Error{fmt::format("variable {} of the step has no value", variable.name),
                   "give it one, or leave it out", variable.place};
  for (const auto& value : own) values[value.name] = value;
  return sorted(std::move(values));
}

std::string variable_form(const std::string& name) {
  std::string out = name;
  for (auto& c : out) {
    c = ascii::alphanumeric(c) ? ascii::raised(c) : '_';
  }
  return out;
}

std::vector<PlannedValue> own_values(const Plan& plan, const Release& release) {
  std::vector<PlannedValue> out;
  const auto add = [&](std::string name, std::string value) {
    out.push_back({"DAVIT_" + std::move(name), std::move(value), {}, "davit"});
  };
  add("DEFINITION", plan.release.definition);
  add("RELEASE", text(plan.release));
  add("RELEASE_NUMBER", std::to_string(plan.release.number.value));
  add("RELEASE_NAME", plan.release_name);
  add("ENVIRONMENT", plan.environment);
  add("ATTEMPT", std::to_string(plan.attempt));
  add("COMMIT", plan.commit);
  add("PREVIOUS_RELEASE", plan.from ? std::to_string(plan.from->value) : "");
  for (const auto& artifact : release.artifacts) {
    const auto prefix = "ARTIFACT_" + variable_form(artifact.name);
    add(prefix + "_VERSION", artifact.version);
    add(prefix + "_SHA256", artifact.digest.hex);
  }
  return out;
}

}  // namespace davit
