// SPDX-License-Identifier: MIT
#include "core/deployment/target_looks.hpp"

#include <algorithm>
#include <map>

#include "core/deployment/deploy.hpp"
#include "core/deployment/reach.hpp"
#include "core/runner/outdated.hpp"
#include "core/runner/target_script.hpp"
#include "core/ssh/remote_names.hpp"
#include "core/ssh/tongue.hpp"

namespace davit {

namespace {

constexpr Duration kLongest = std::chrono::seconds(30);

// What a plan's steps put on a target, and can be seen there.
std::vector<Trace> traces_of(const Plan& plan, const std::string& target) {
  std::vector<Trace> out;
  for (const auto& round : plan.rounds) {
    const auto& step = plan.steps[static_cast<std::size_t>(round.step)].step;
    if (!step.enabled || step.when != Step::When::success || !step.condition.empty() ||
        std::find(round.targets.begin(), round.targets.end(), target) == round.targets.end())
      continue;
    if (const auto* link = std::get_if<LinkAction>(&step.action)) {
      const auto wanted = tidied({link->link, link->to, link->keep});
      out.push_back({wanted.link, true, wanted.to, std::nullopt});
    }
    const auto* upload = std::get_if<UploadAction>(&step.action);
    if (!upload || upload->unpack) continue;
    auto to = upload->to;
    while (to.size() > 1 && to.back() == '/') to.pop_back();
    for (const auto& artifact : plan.artifacts)
      if (artifact.name == upload->artifact)
        out.push_back({to, false, artifact.digest.hex, std::nullopt});
  }
  return out;
}

// "done shop/17/production/1 12 5f0c…", word by word.
std::optional<Receipt> receipt_in(const Answer& answer) {
  if (answer.size() < 6) return std::nullopt;
  const auto deployment = deployment_in(answer[3]);
  if (!deployment) return std::nullopt;
  return Receipt{*deployment, answer[2] == "done", static_cast<int>(number_in(answer, 4)),
                 answer[5]};
}

class Questions {
 public:
  Questions(const Reach& reach, const std::vector<Host>& hosts, const std::string& ledger,
            std::string place, std::vector<TargetLook>& looks)
      : targets_(loop_, reach, hosts, ledger), place_(std::move(place)), looks_(looks) {}

  void ask() {
    for (auto& look : looks_) begin(look);
    loop_.until([this] { return open_ == 0; }, kLongest);
    for (auto& look : looks_)
      if (!over_[look.target]) look.unreachable = "no answer";
  }

 private:
  void begin(TargetLook& look) {
    ++open_;
    const auto reached = targets_.reach(
        look.target,
        {[this, &look] {
           const auto& tongue = tongue_of(targets_.host(look.target).shell);
           targets_.ready(look.target)->say(tongue.looking(place_, look.target, look.traces));
         },
         [](std::string_view) {}, [this, &look](const Answer& answer) { hear(look, answer); },
         [this, &look](const Error& error) {
           if (!over_[look.target]) look.unreachable = error.message;
           end(look);
         }});
    if (reached) return;
    look.unreachable = reached.error().message;
    end(look);
  }

  void hear(TargetLook& look, const Answer& answer) {
    const auto& word = answer.front();
    if (word == "looked") return end(look);
    if (word == "receipt") look.receipt = receipt_in(answer);
    if (word != "leads" && word != "sum") return;
    const auto at = number_in(answer, 1);
    if (at < look.traces.size()) look.traces[at].found = words_from(answer, 2);
  }

  void end(const TargetLook& look) {
    if (!std::exchange(over_[look.target], true)) --open_;
  }

  Loop loop_;
  Targets targets_;
  std::string place_;
  std::vector<TargetLook>& looks_;
  std::map<std::string, bool> over_;
  std::size_t open_ = 0;
};

// The plans of releases that are on some target.
class Plans {
 public:
  Plans(Registry& registry, const Rules& rules, const State& state, const std::string& environment,
        Instant now)
      : registry_(registry), rules_(rules), state_(state), environment_(environment), now_(now) {}

  Result<const Plan*> of(ReleaseNumber number) {
    if (const auto found = plans_.find(number); found != plans_.end()) return &found->second;
    const Wanted wanted{.release = number, .cause = Cause::redeploy};
    DAVIT_TRY(auto seen, look_at(registry_, rules_, state_,
                                 {rules_.definition.name, number, environment_, wanted}, now_));
    return &plans_.emplace(number, std::move(seen.plan)).first->second;
  }

 private:
  Registry& registry_;
  const Rules& rules_;
  const State& state_;
  const std::string& environment_;
  Instant now_;
  std::map<ReleaseNumber, Plan> plans_;
};

}  // namespace

Result<PlaceLook> look_at_targets(Registry& registry, const std::string& definition,
                                  const std::string& environment, const SshSettings& said,
                                  Instant now) {
  DAVIT_TRY(const auto rules, registry.rules(definition));
  DAVIT_TRY(const auto state, registry.ledger(definition).whole());
  PlaceLook out{.environment = environment};
  const auto& here = state.environment(environment);
  out.under_way = here.current.has_value();
  if (!here.live()) return out;
  out.live = here.live()->release;
  Plans plans(registry, rules, state, environment, now);
  DAVIT_TRY(const auto* live, plans.of(out.live));
  for (const auto& host : live->hosts) {
    TargetLook look{.target = host.name, .recorded = recorded(state, environment, host.name)};
    if (look.recorded) {
      DAVIT_TRY(const auto* plan, plans.of(look.recorded->deployment.release));
      look.traces = traces_of(*plan, host.name);
    }
    out.targets.push_back(std::move(look));
  }
  DAVIT_TRY(const auto reach, reach_of(registry.repository(), rules.commit, rules.team, said));
  Questions(reach, live->hosts, state.ledger, remote_place(definition, environment), out.targets)
      .ask();
  return out;
}

}  // namespace davit
