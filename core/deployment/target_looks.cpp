// SPDX-License-Identifier: MIT
#include "core/deployment/target_looks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/artifacts/unpack.hpp"
#include "core/deployment/deploy.hpp"
#include "core/deployment/questions.hpp"
#include "core/deployment/reach.hpp"
#include "core/fleet/windows.hpp"
#include "core/runner/outdated.hpp"
#include "core/ssh/remote_names.hpp"

namespace davit {

namespace {

// What a plan's steps put on a target, and can be seen there.
class Traces {
 public:
  Traces(const Plan& plan, const Host& host, SentTrees& trees, TargetLook& look)
      : plan_(plan), host_(host), trees_(trees), look_(look) {}

  void add_all() {
    for (const auto& round : plan_.rounds) {
      const auto& step = plan_.steps[static_cast<std::size_t>(round.step)].step;
      const bool here =
          std::find(round.targets.begin(), round.targets.end(), host_.name) != round.targets.end();
      if (!here || !step.enabled || step.when != Step::When::success || !step.condition.empty())
        continue;
      if (const auto* link = std::get_if<LinkAction>(&step.action)) add(*link);
      if (const auto* upload = std::get_if<UploadAction>(&step.action)) add(*upload);
    }
  }

 private:
  void add(const LinkAction& link) {
    const auto wanted = tidied({link.link, link.to, link.keep});
    look_.traces.push_back({.path = wanted.link, .kind = Trace::Kind::link, .wanted = wanted.to});
  }

  void add(const UploadAction& upload) {
    const auto to = without_last_slashes(upload.to);
    for (const auto& artifact : plan_.artifacts) {
      if (artifact.name != upload.artifact) continue;
      if (upload.unpack)
        add_tree(to, artifact);
      else
        look_.traces.push_back(
            {.path = to, .kind = Trace::Kind::file, .wanted = artifact.digest.hex});
    }
  }

  void add_tree(const std::string& to, const ArtifactPin& artifact) {
    if (is_of_windows(host_.shell)) return look_.beyond.push_back(to);
    Trace trace{.path = to, .kind = Trace::Kind::tree, .wanted = artifact.digest.hex};
    if (const auto sent = trees_.of(artifact.digest); !sent)
      trace.unlooked = fmt::format("artifact {}: {}; verify where the release was created",
                                   artifact.name, sent.error().message);
    look_.traces.push_back(std::move(trace));
  }

  const Plan& plan_;
  const Host& host_;
  SentTrees& trees_;
  TargetLook& look_;
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
  SentTrees trees(registry.repository().private_directory());
  for (const auto& host : live->hosts) {
    TargetLook look{.target = host.name, .recorded = recorded(state, environment, host.name)};
    if (look.recorded) {
      DAVIT_TRY(const auto* plan, plans.of(look.recorded->deployment.release));
      Traces(*plan, host, trees, look).add_all();
    }
    out.targets.push_back(std::move(look));
  }
  DAVIT_TRY(const auto reach, reach_of(registry.repository(), rules.commit, rules.team, said));
  ask_targets({reach, live->hosts, state.ledger, remote_place(definition, environment)}, trees,
              out.targets);
  return out;
}

}  // namespace davit
