// SPDX-License-Identifier: MIT
#include "core/runner/dry_step.hpp"

#include "core/plan/action_words.hpp"
#include "core/runner/plain_line.hpp"
#include "core/ssh/printing.hpp"

namespace davit {

namespace {

RemoteTry as_script(const PlannedStep& planned, const std::string& script) {
  RemoteTry out{.script = script, .shell = planned.step.shell};
  out.directory =
      planned.step.directory.empty() ? "the release's checkout" : planned.step.directory;
  for (const auto& value : planned.values) out.values.emplace(value.name, value.value);
  return out;
}

void tell(Run& run, const Spot& spot, std::string_view text) {
  std::string room;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    run.teller.line(spot.planned, spot.target, plain_line(line, room), false);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

}  // namespace

StepRecord tell_dry(Run& run, const Spot& spot) {
  const auto& step = spot.step();
  run.teller.step_started(spot.planned, spot.target, 1);
  if (!step.condition.empty()) {
    auto condition = as_script(spot.planned, step.condition);
    condition.asks = true;
    tell(run, spot, script_words(condition));
  }
  const auto* script = std::get_if<RunAction>(&step.action);
  tell(run, spot,
       script ? script_words(as_script(spot.planned, script->script)) : in_a_line(step.action));
  return record_of(spot);
}

}  // namespace davit
