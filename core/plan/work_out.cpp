// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "core/fleet/batches.hpp"
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

void add_missing(Plan& plan, std::vector<Unsupported> found) {
  for (auto& missing : found)
    if (std::find(plan.unsupported.begin(), plan.unsupported.end(), missing) ==
        plan.unsupported.end())
      plan.unsupported.push_back(std::move(missing));
}

// Run, upload and link happen where the targets are; the others are davit's own.
bool goes_to_targets(const Phase& phase, const Step& step) {
  if (phase.local || step.on == kLocal) return false;
  return std::holds_alternative<RunAction>(step.action) ||
         std::holds_alternative<UploadAction>(step.action) ||
         std::holds_alternative<LinkAction>(step.action);
}

constexpr Duration kPatience = std::chrono::minutes(30);

// The hosts of one phase, batch by batch.
using Batches = std::vector<std::vector<std::string>>;

struct PhaseTargets {
  bool there = false;     // it goes to targets at all
  std::size_t fleet = 0;  // all of them, also those that are left alone
  Batches batches;
  bool back = false;  // the way back
};

Batches in_batches(const std::vector<Host>& hosts, const std::optional<Rollout>& rollout) {
  Batches out;
  auto host = hosts.begin();
  for (const auto size : batches(rollout, hosts.size())) {
    auto& batch = out.emplace_back();
    for (std::size_t i = 0; i < size; ++i) batch.push_back((host++)->name);
  }
  return out;
}

bool is_meant(const PlanRequest& request, const std::string& host) {
  return !request.only ||
         std::find(request.only->begin(), request.only->end(), host) != request.only->end();
}

PhaseTargets phase_targets(const PlanRequest& request, const std::vector<Host>& hosts,
                           const std::optional<Rollout>& rollout) {
  PhaseTargets out{!hosts.empty(), hosts.size(), in_batches(hosts, rollout),
                   request.only && request.cause == Cause::rollback};
  for (auto& batch : out.batches)
    std::erase_if(batch, [&](const std::string& host) { return !is_meant(request, host); });
  std::erase_if(out.batches, [](const auto& batch) { return batch.empty(); });
  if (!out.back) return out;
  std::reverse(out.batches.begin(), out.batches.end());
  for (auto& batch : out.batches) std::reverse(batch.begin(), batch.end());
  return out;
}

// The rounds of one phase, whose steps begin at `first`: batch by batch, step by step. What is done
// once goes with the first batch; what is done here behind the last step that goes to the targets,
// with the last.
class PhaseRounds {
 public:
  PhaseRounds(Plan& plan, const Phase& phase, PhaseTargets targets,
              const std::optional<Rollout>& rollout, int first)
      : plan_(plan), phase_(phase), targets_(std::move(targets)), rollout_(rollout), first_(first) {
    for (std::size_t i = 0; i < phase.steps.size(); ++i)
      if (there(i)) last_there_ = static_cast<int>(i);
    if (targets_.batches.empty()) targets_.batches.emplace_back();
  }

  void add() {
    for (std::size_t batch = 0; batch < targets_.batches.size(); ++batch) {
      bool first = true;
      for (std::size_t i = 0; i < phase_.steps.size(); ++i) {
        auto targets = targets_of(i, batch);
        if (targets.empty()) continue;
        plan_.rounds.push_back(round(i, batch, std::move(targets), first));
        first = false;
      }
    }
  }

 private:
  // With unreachable = "wait": as long as the step may take, where it says so.
  Duration patience(const Step& step) const {
    if (!rollout_ || rollout_->unreachable != Rollout::Unreachable::wait) return {};
    return step.timeout.value_or(kPatience);
  }

  bool there(std::size_t i) const {
    return targets_.there && goes_to_targets(phase_, phase_.steps[i]);
  }

  Round round(std::size_t step, std::size_t batch, std::vector<std::string> targets,
              bool first) const {
    const auto count = targets_.batches.size();
    Round out{first_ + static_cast<int>(step), std::move(targets), static_cast<int>(batch),
              static_cast<int>(count)};
    if (rollout_ && batch > 0 && first && !targets_.back) out.pause = rollout_->pause;
    out.failures = targets_.back ? all() : failures_that_end(rollout_, targets_.fleet);
    if (!targets_.back) out.patience = patience(phase_.steps[step]);
    out.skip_unreachable = rollout_ && rollout_->unreachable == Rollout::Unreachable::skip;
    return out;
  }

  std::size_t all() const {
    std::size_t count = 0;
    for (const auto& batch : targets_.batches) count += batch.size();
    return count;
  }

  std::vector<std::string> targets_of(std::size_t i, std::size_t batch) const {
    const auto& hosts = targets_.batches[batch];
    if (!there(i)) {
      const bool behind = static_cast<int>(i) > last_there_;
      return batch == (behind ? targets_.batches.size() - 1 : 0) ? std::vector<std::string>{kLocal}
                                                                 : std::vector<std::string>{};
    }
    if (!phase_.steps[i].once) return hosts;
    return batch == 0 && !hosts.empty() ? std::vector{hosts.front()} : std::vector<std::string>{};
  }

  Plan& plan_;
  const Phase& phase_;
  PhaseTargets targets_;
  const std::optional<Rollout>& rollout_;
  int first_;
  int last_there_ = -1;
};

bool is_among(const std::vector<Host>& hosts, const Host& one) {
  return std::any_of(hosts.begin(), hosts.end(),
                     [&](const Host& host) { return host.name == one.name; });
}

void know_hosts(Plan& plan, const std::vector<Host>& hosts) {
  for (const auto& host : hosts)
    if (!is_among(plan.hosts, host)) plan.hosts.push_back(host);
}

// The hosts of each phase; none where it is done here.
Result<std::vector<std::vector<Host>>> hosts_of_phases(const Team& team, const Environment& steps,
                                                       const Environment& current) {
  std::vector<std::vector<Host>> out;
  for (const auto& phase : steps.phases) {
    const auto& selection = phase.targets.empty() ? current.targets : phase.targets;
    auto& hosts = out.emplace_back();
    if (selection.empty() || phase.local) continue;
    DAVIT_TRY(hosts, select(team, selection));
  }
  return out;
}

void leave_out(std::vector<Host>& hosts, const std::vector<Host>& meant) {
  std::erase_if(hosts, [&](const Host& host) { return !is_among(meant, host); });
}

void add_missing_there(Plan& plan, const Phase& phase, const std::vector<Host>& hosts) {
  for (const auto& step : phase.steps)
    if (!hosts.empty() && goes_to_targets(phase, step))
      add_missing(plan, unsupported_there(step, hosts));
}

// Where and in what order. What runs is pinned; where it runs, and how it is rolled out, is
// today's.
Outcome plan_rounds(Plan& plan, const PlanRequest& request, const Environment& steps,
                    const Environment& current) {
  DAVIT_TRY(auto hosts, hosts_of_phases(request.team, steps, current));
  for (const auto& some : hosts) know_hosts(plan, some);
  const auto fleet = std::move(plan.hosts);
  plan.narrowing = request.narrowing;
  auto all = fleet;
  if (!request.narrowing.empty()) {
    DAVIT_TRY(all, narrowed(fleet, request.narrowing));
  }
  plan.hosts.clear();
  for (const auto& host : fleet) {
    if (is_among(all, host) && is_meant(request, host.name))
      plan.hosts.push_back(host);
    else
      plan.left_out.push_back(host.name);
  }
  int first = 0;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const auto& phase = steps.phases[i];
    const bool here = hosts[i].empty();
    leave_out(hosts[i], all);
    add_missing_there(plan, phase, hosts[i]);
    const auto& rollout = phase.rollout ? phase.rollout : current.rollout;
    if (here || !hosts[i].empty())
      PhaseRounds(plan, phase, phase_targets(request, hosts[i], rollout), rollout, first).add();
    first += static_cast<int>(phase.steps.size());
  }
  plan.targets.clear();
  for (const auto& host : plan.hosts) plan.targets.push_back(host.name);
  if (plan.targets.empty()) plan.targets = {kLocal};
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
  plan.on_failure = current->on_failure;
  plan.from = request.from;
  plan.attempt = request.attempt;
  plan.commit = request.release.definition.commit;
  plan.todays_steps = pinned == nullptr;
  plan.picked = request.only.has_value();
  plan.unsupported = unsupported(request.current, request.team, *current);
  if (pinned && pinned != current) add_missing(plan, unsupported(Definition{}, Team{}, *pinned));
  DAVIT_TRY(plan.values, environment_values(request.pinned, steps, request.release));
  DAVIT_CHECK(plan_steps(plan, steps, request.release));
  DAVIT_CHECK(plan_rounds(plan, request, steps, *current));
  return plan;
}

std::size_t in_all(const Plan& plan) {
  std::size_t count = 0;
  for (const auto& round : plan.rounds) count += round.targets.size();
  return count;
}

bool Plan::reversible() const {
  for (const auto& planned : steps)
    if (planned.step.enabled && !planned.step.reversible) return false;
  return true;
}

}  // namespace davit
