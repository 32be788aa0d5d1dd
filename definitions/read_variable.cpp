// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "definitions/form_text.hpp"
#include "definitions/reading.hpp"
#include "definitions/shaped.hpp"

namespace davit {

namespace {

void check(const Variable& variable, const Node& table, bool askable, Scope& scope) {
  const auto note = [&](std::string_view key, std::string message, std::string hint) {
    const Member* member = member_at(table, key);
    scope.notes.add(member != nullptr ? member->span : table.span, std::move(message),
                    std::move(hint));
  };
  const std::string& name = variable.name;
  const bool chosen =
      variable.choices.empty() || std::find(variable.choices.begin(), variable.choices.end(),
                                            variable.value.value_or("")) != variable.choices.end();
  if (variable.secret && (variable.ask || !variable.choices.empty()))
    note(variable.ask ? "ask" : "choices", fmt::format("{} is a secret", name),
         "a secret is found when a step starts: it has neither choices nor ask");
  else if (variable.ask && !askable)
    note("ask", fmt::format("{} can't be set when the release is cut", name),
         "only variables of a definition or an environment can");
  else if (scope.whole && !variable.secret && !variable.value && !variable.ask)
    note("", fmt::format("{} has no value", name),
         "give it a value, say where the secret is found, or write ask = true");
  else if (variable.value && !chosen)
    note("value", fmt::format("'{}' is none of the choices of {}", shown(*variable.value), name),
         fmt::format("choices: {}", fmt::join(variable.choices, ", ")));
}

}  // namespace

Variables read_variables(const Node& table, std::string_view key, Scope& scope, bool askable) {
  Variables variables;
  for (const Member& member : members_at(table, key)) {
    Variable variable{.name = member.key, .place = scope.notes.place(member.span)};
    variable.value = written_at(member.value, "value");
    if (const auto source = written_at(member.value, "secret"))
      variable.secret = parse_secret(*source);
    variable.choices = texts_at(member.value, "choices");
    variable.ask = flag_at(member.value, "ask", false);
    check(variable, member.value, askable, scope);
    variables.push_back(std::move(variable));
  }
  return variables;
}

}  // namespace davit
