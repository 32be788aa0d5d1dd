// SPDX-License-Identifier: MIT
#include "cli/plan_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "core/plan/action_words.hpp"

namespace davit {

namespace {

// The step's name, where it says more than what the step does: "Upload app" does not.
std::string name_beside(const Step& step, const std::string& does) {
  auto made = fmt::format("{} {}", kind(step.action), does.substr(0, does.find(" → ")));
  made.front() = static_cast<char>(made.front() - 'a' + 'A');
  const auto name = terminal_line(step.name);
  return name == made || name == does || name + " …" == does ? "" : name;
}

std::string marks(const Step& step) {
  std::string out;
  if (!step.enabled) out += " disabled";
  if (!step.reversible) out += " not-reversible";
  if (step.once) out += " once";
  if (step.when != Step::When::success) out += fmt::format(" on-{}", text(step.when));
  if (step.continue_on_error) out += " may-fail";
  return out;
}

std::string steps(const Plan& plan, const Style& style) {
  TextTable table;
  table.indent(2);
  for (const auto& planned : plan.steps) {
    const auto does = terminal_line(in_a_line(planned.step.action));
    table.row({std::to_string(planned.index + 1), name_beside(planned.step, does),
               fmt::format("{:<6}  {}", kind(planned.step.action), does),
               style.waiting(marks(planned.step))});
  }
  return table.render(style);
}

// "targets  web1, web2, web3 in 2 batches (1, 2)"; "targets  web1   limited to web1 (1 of 3
// targets)"
std::string targets(const Plan& plan) {
  if (plan.hosts.empty()) return "";
  auto out = fmt::format("targets  {}", fmt::join(plan.targets, ", "));
  if (!plan.narrowing.empty()) out += "   " + terminal_line(plan.narrowed());
  return out + in_batches(plan) + "\n";
}

std::string values(const Plan& plan, const Style& style) {
  TextTable table;
  table.indent(2);
  for (const auto& value : plan.values)
    table.row({value.name,
               value.secret ? "secret from " + text(*value.secret) : terminal_line(value.value),
               style.old(value.origin)});
  return table.empty() ? "" : "values\n" + table.render(style);
}

}  // namespace

std::string plan_text(const Plan& plan, const Style& style) {
  return fmt::format("plan {}   attempt {}\n", digest(plan).abbreviated(), plan.attempt) +
         steps(plan, style) + targets(plan) + values(plan, style);
}

std::string in_batches(const Plan& plan) {
  std::vector<std::size_t> sizes;
  for (const auto& round : plan.rounds) {
    if (round.targets.front() == kLocal) continue;
    sizes.resize(static_cast<std::size_t>(round.batches));
    auto& size = sizes[static_cast<std::size_t>(round.batch)];
    size = std::max(size, round.targets.size());
  }
  if (sizes.size() < 2) return "";
  return fmt::format(" in {} batches ({})", sizes.size(), fmt::join(sizes, ", "));
}

}  // namespace davit
