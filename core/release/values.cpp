// SPDX-License-Identifier: MIT
#include "core/release/values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "definitions/name.hpp"

namespace davit {

namespace {

std::vector<const Variable*> all_variables(const Definition& definition) {
  std::vector<const Variable*> out;
  for (const auto& variable : definition.variables) out.push_back(&variable);
  for (const auto& environment : definition.environments)
    for (const auto& variable : environment.variables) out.push_back(&variable);
  return out;
}

std::vector<std::string> askable(const std::vector<const Variable*>& variables) {
  std::vector<std::string> out;
  for (const auto* variable : variables)
    if (variable->ask) out.push_back(variable->name);
  return out;
}

Error not_asked(const std::string& name, const std::vector<std::string>& names) {
  const auto near = nearest(name, names);
  std::string hint = "no variable of this definition says ask = true";
  if (!near.empty())
    hint = fmt::format("did you mean '{}'?", near);
  else if (!names.empty())
    hint = fmt::format("these may be: {}", fmt::join(names, ", "));
  return {fmt::format("{} can't be set when a release is cut", name), hint, {}, Failure::misused};
}

Outcome check_value(const Variable& variable, const std::string& value) {
  const auto& choices = variable.choices;
  if (choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end())
    return Done{};
  return Error{fmt::format("{} can't be '{}'", variable.name, value),
               fmt::format("choices: {}", fmt::join(choices, ", ")), variable.place,
               Failure::misused};
}

bool given_to(const Given& given, const std::string& name) {
  return std::any_of(given.begin(), given.end(),
                     [&](const auto& value) { return value.first == name; });
}

}  // namespace

Outcome check_given(const Definition& definition, const Given& given) {
  const auto variables = all_variables(definition);
  const auto names = askable(variables);
  for (const auto& [name, value] : given) {
    if (std::find(names.begin(), names.end(), name) == names.end()) return not_asked(name, names);
    for (const auto* variable : variables)
      if (variable->name == name && variable->ask) DAVIT_CHECK(check_value(*variable, value));
  }
  for (const auto* variable : variables)
    if (variable->ask && !variable->value && !variable->secret && !given_to(given, variable->name))
      return Error{fmt::format("{} needs a value", variable->name),
                   fmt::format("--set {}=…{}{}", variable->name,
                               variable->choices.empty() ? "" : "  choices: ",
                               fmt::join(variable->choices, ", ")),
                   variable->place, Failure::misused};
  return Done{};
}

}  // namespace davit
