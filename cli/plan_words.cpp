// SPDX-License-Identifier: MIT
#include "cli/plan_words.hpp"

#include <fmt/format.h>

#include "cli/release_words.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"

namespace davit {

namespace {

// What a step does, in a line.
std::string doing(const Action& action) {
  struct Words {
    std::string operator()(const RunAction& a) const {
      const auto end = a.script.find('\n');
      return "run     " + a.script.substr(0, end) + (end == std::string::npos ? "" : " …");
    }
    std::string operator()(const UploadAction& a) const {
      return fmt::format("upload  {} → {}{}", a.artifact, a.to, a.unpack ? " (unpacked)" : "");
    }
    std::string operator()(const LinkAction& a) const {
      return fmt::format("link    {} → {}", a.link, a.to);
    }
    std::string operator()(const HttpAction& a) const {
      return fmt::format("http    {} {}", a.method, a.url);
    }
    std::string operator()(const WaitAction& a) const { return "wait    " + text(a.length); }
    std::string operator()(const ManualAction& a) const { return "manual  " + a.instructions; }
    std::string operator()(const TaskAction& a) const { return "task    " + a.task; }
  };
  return terminal_line(std::visit(Words{}, action));
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

void print_steps(Desk& desk, const Plan& plan) {
  TextTable table;
  table.indent(2);
  for (const auto& planned : plan.steps)
    table.row({std::to_string(planned.index + 1), planned.step.name, doing(planned.step.action),
               desk.out.style.waiting(marks(planned.step))});
  desk.out.write(table.render(desk.out.style));
}

void print_values(Desk& desk, const Plan& plan) {
  TextTable table;
  table.indent(2);
  for (const auto& value : plan.values)
    table.row({value.name,
               value.secret ? "secret from " + text(*value.secret) : terminal_line(value.value),
               desk.out.style.old(value.origin)});
  if (table.empty()) return;
  desk.out.line("values");
  desk.out.write(table.render(desk.out.style));
}

// The plan that is live, worked out again as if it had this release's number and name: what is
// different then is different for a reason.
Result<std::optional<Plan>> live_plan(Office& office, const Case& seen) {
  const auto* live = seen.state.environment(seen.environment->name).live();
  const auto* release = live ? seen.state.release(live->release) : nullptr;
  if (!release) return std::optional<Plan>{};
  const auto& now = seen.rules.definition;
  DAVIT_TRY(const auto pinned, office.registry().pinned(now.name, release->definition));
  Release renamed = *release;
  renamed.number = seen.release->number;
  renamed.name = seen.release->name;
  DAVIT_TRY(auto before, work_out({pinned, now, seen.rules.team, renamed, seen.environment->name}));
  return std::optional(std::move(before));
}

void print_commits(Office& office, Desk& desk, const Plan& before, const Plan& after) {
  const auto forward = changes_in_brief(office.repository, before.commit, after.commit);
  if (!forward.empty()) desk.out.line("  {}", forward);
  const auto lost = office.repository.git({"log", "--format=%h \"%s\"", "--max-count=5",
                                           fmt::format("{}..{}", after.commit, before.commit)});
  if (!lost || lost->empty()) return;
  desk.out.line("  {} live now but not in {}:", desk.out.style.failed("would be lost:"),
                text(after.release));
  desk.out.write(terminal_text(*lost, "    "));
}

bool says_nothing_new(const std::string& line) {
  return line.starts_with("release ") || line.starts_with("commit ");
}

}  // namespace

Outcome print_changes(Office& office, Desk& desk, const Case& seen) {
  const auto& plan = seen.plan;
  DAVIT_TRY(const auto before, live_plan(office, seen));
  if (!before) {
    desk.out.line("{} → {}: the first release there", text(plan.release), plan.environment);
  } else {
    desk.out.line("{} → {} in {}", plan.from ? plan.from->value : 0, plan.release.number.value,
                  plan.environment);
    print_commits(office, desk, *before, plan);
    for (const auto& line : differences(covered(*before), covered(plan)))
      if (!says_nothing_new(line)) desk.out.line("  {}", terminal_line(line));
  }
  if (plan.todays_steps)
    desk.out.line("  {} is newer than the release: today's steps", plan.environment);
  for (const auto& planned : plan.steps)
    if (planned.step.enabled && !planned.step.reversible)
      desk.out.line("  {} step {} can't be undone", desk.out.style.waiting("⚠"), planned.step.name);
  return Done{};
}

Outcome print_plan(Office& office, Desk& desk, const Case& seen) {
  DAVIT_CHECK(print_changes(office, desk, seen));
  desk.out.line("plan {}   attempt {}", digest(seen.plan).abbreviated(), seen.plan.attempt);
  print_steps(desk, seen.plan);
  print_values(desk, seen.plan);
  return Done{};
}

}  // namespace davit
