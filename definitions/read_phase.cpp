// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <map>
#include <set>

#include "definitions/form_text.hpp"
#include "definitions/reading.hpp"
#include "definitions/shaped.hpp"

namespace davit {

namespace {

using Unreachable = Rollout::Unreachable;

// Gives each step of an environment a name of its own. Written names must differ; those made from
// the action are told apart by a number.
class StepNames {
 public:
  explicit StepNames(Notes& notes) : notes_(notes) {}

  void written(const Node& table) {
    const Node* name = table.find("name");
    if (name == nullptr) return;
    const auto [first, fresh] = taken_.emplace(name->text, name->span.line);
    if (fresh) return;
    notes_.add(name->span, fmt::format("another step is called '{}'", shown(name->text)),
               fmt::format("the one of line {}; names of steps differ within an environment",
                           first->second));
  }

  std::string made(const std::string& name) {
    std::string unique = name.empty() ? "Step" : name;
    const std::string base = unique;
    for (int& n = last_[base]; taken_.count(unique) != 0;)
      unique = fmt::format("{} ({})", base, ++n + 1);
    taken_.emplace(unique, 0);
    return unique;
  }

 private:
  Notes& notes_;
  std::map<std::string, int> taken_;  // name -> line
  std::map<std::string, int> last_;   // name -> how often it was made again
};

std::vector<Step> read_steps(const Node& table, StepNames& names, Scope& scope) {
  std::vector<Step> steps;
  steps.reserve(items_at(table, "steps").size());
  for (const Node& item : items_at(table, "steps")) {
    Step step = read_step(item, scope);
    if (item.find("name") == nullptr) step.name = names.made(step.name);
    steps.push_back(std::move(step));
  }
  return steps;
}

Phase read_phase(const Node& table, StepNames& names, Scope& scope) {
  Phase phase;
  phase.name = text_at(table, "name");
  phase.targets = read_selection(table, scope);
  phase.local = table.find("on") != nullptr;
  phase.rollout = read_rollout(table, scope);
  phase.when = word_at(table, "when", phase.when,
                       {Step::When::success, Step::When::failure, Step::When::always});
  phase.steps = read_steps(table, names, scope);
  phase.place = scope.notes.place(table.span);
  return phase;
}

}  // namespace

Selection read_selection(const Node& table, Scope& scope) {
  Selection selection;
  const Member* targets = member_at(table, "targets");
  if (targets == nullptr) return selection;
  selection.names = texts_at(targets->value, "names");
  for (const Member& tag : members_at(targets->value, "tags"))
    selection.tags.emplace(tag.key, tag.value.text);
  selection.place = scope.notes.place(targets->span);
  if (selection.empty())
    scope.notes.add(targets->span, "this selects no targets", "name some, or leave 'targets' out");
  return selection;
}

std::optional<Rollout> read_rollout(const Node& table, Scope& scope) {
  const Member* member = member_at(table, "rollout");
  if (member == nullptr) return std::nullopt;
  Rollout rollout;
  for (const Node& item : items_at(member->value, "batches")) {
    const auto share = parse_share(item.text);
    if (share && share->number > 0)
      rollout.batches.push_back(*share);
    else
      scope.notes.add(item.span, "a batch of no targets", "\"1\" or \"25%\", for example");
  }
  rollout.pause = duration_at(member->value, "pause").value_or(rollout.pause);
  if (const auto most = written_at(member->value, "max_failures"))
    rollout.max_failures = parse_share(*most);
  rollout.unreachable = word_at(member->value, "unreachable", rollout.unreachable,
                                {Unreachable::fail, Unreachable::skip, Unreachable::wait});
  rollout.place = scope.notes.place(member->span);
  return rollout;
}

std::vector<Phase> read_phases(const Node& environment, Scope& scope) {
  StepNames names(scope.notes);
  for (const Node& step : items_at(environment, "steps")) names.written(step);
  for (const Node& phase : items_at(environment, "phases"))
    for (const Node& step : items_at(phase, "steps")) names.written(step);

  std::vector<Phase> phases;
  for (const Node& item : items_at(environment, "phases"))
    phases.push_back(read_phase(item, names, scope));
  if (const Member* steps = member_at(environment, "steps"); steps != nullptr && phases.empty())
    phases.push_back(
        {.steps = read_steps(environment, names, scope), .place = scope.notes.place(steps->span)});
  return phases;
}

}  // namespace davit
