// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "core/plan/plan.hpp"
#include "core/plan/values.hpp"
#include "definitions/fields.hpp"

namespace davit {

namespace {

// What the {fields} of a step mean.
std::optional<std::string> field(const Plan& plan, std::string_view name) {
  if (name == "definition") return plan.release.definition;
  if (name == "release") return std::to_string(plan.release.number.value);
  if (name == "name") return plan.release_name;
  if (name == "environment") return plan.environment;
  if (name == "attempt") return std::to_string(plan.attempt);
  if (name == "commit") return plan.commit;
  for (const auto& artifact : plan.artifacts)
    if (name == artifact.name + ".version") return artifact.version;
  return std::nullopt;
}

class Expander {
 public:
  Expander(const Plan& plan, const Place& place) : plan_(plan), place_(place) {}

  Outcome operator()(std::string& text) const {
    auto expanded = expand(text, [&](std::string_view name) { return field(plan_, name); });
    if (!expanded) {
      Error error = expanded.error();
      if (!error.place.known()) error.place = place_;
      return error;
    }
    text = *std::move(expanded);
    return Done{};
  }

 private:
  const Plan& plan_;
  const Place& place_;
};

Outcome expand_action(Action& action, const Expander& expander) {
  if (auto* upload = std::get_if<UploadAction>(&action)) return expander(upload->to);
  if (auto* link = std::get_if<LinkAction>(&action)) {
    DAVIT_CHECK(expander(link->link));
    return expander(link->to);
  }
  if (auto* http = std::get_if<HttpAction>(&action)) {
    DAVIT_CHECK(expander(http->url));
    for (auto& header : http->headers) DAVIT_CHECK(expander(header.second));
    return expander(http->body);
  }
  if (auto* manual = std::get_if<ManualAction>(&action)) return expander(manual->instructions);
  return Done{};
}

Outcome plan_steps(Plan& plan, const Environment& environment, const Release& release) {
  const auto own = own_values(plan, release);
  for (const auto& phase : environment.phases) {
    for (const auto& step : phase.steps) {
      PlannedStep planned{static_cast<int>(plan.steps.size()), phase.name, step, {}};
      if (phase.when != Step::When::success && step.when == Step::When::success)
        planned.step.when = phase.when;
      const Expander expander(plan, step.place);
      DAVIT_CHECK(expand_action(planned.step.action, expander));
      DAVIT_CHECK(expander(planned.step.directory));
      DAVIT_TRY(planned.values, step_values(plan.values, step.env, own));
      plan.steps.push_back(std::move(planned));
    }
  }
  return Done{};
}

Error no_such_environment(const PlanRequest& request) {
  std::string known;
  for (const auto& environment : request.current.environments)
    known += (known.empty() ? "" : ", ") + environment.name;
  return {fmt::format("{} has no environment '{}'", request.current.name, request.environment),
          "there are: " + known, request.current.place, Failure::misused};
}

}  // namespace

Result<Plan> work_out(const PlanRequest& request) {
  const auto* pinned = request.pinned.environment(request.environment);
  const auto* current = request.current.environment(request.environment);
  if (!current) return no_such_environment(request);
  const auto& steps = pinned ? *pinned : *current;

  Plan plan;
  plan.release = {request.current.name, request.release.number};
  plan.release_name = request.release.name;
  plan.environment = request.environment;
  plan.cause = request.cause;
  plan.artifacts = request.release.artifacts;
  plan.targets = {"local"};
  plan.on_failure = current->on_failure;
  plan.from = request.from;
  plan.attempt = request.attempt;
  plan.commit = request.release.definition.commit;
  plan.todays_steps = pinned == nullptr;
  plan.unsupported = unsupported(request.current, request.team, *current);
  if (pinned && pinned != current)
    for (auto& missing : unsupported(Definition{}, Team{}, *pinned))
      if (std::find(plan.unsupported.begin(), plan.unsupported.end(), missing) ==
          plan.unsupported.end())
        plan.unsupported.push_back(std::move(missing));
  DAVIT_TRY(plan.values, environment_values(request.pinned, steps, request.release));
  DAVIT_CHECK(plan_steps(plan, steps, request.release));
  return plan;
}

bool Plan::reversible() const {
  for (const auto& planned : steps)
    if (planned.step.enabled && !planned.step.reversible) return false;
  return true;
}

}  // namespace davit
