// SPDX-License-Identifier: MIT
#include "cli/overview.hpp"

#include "cli/on_you.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

namespace {

Result<WaitingOne> waiting_one(Office& office, const Rules& rules, const State& state,
                               const Environment& environment, const Wanted& wanted, Instant now) {
  DAVIT_TRY(const auto seen,
            look_at(office.registry(), rules, state,
                    {rules.definition.name, wanted.release, environment.name, wanted}, now));
  const auto verdict = seen.verdict();
  return WaitingOne{wanted.release, verdict.obstacles(), !verdict.allowed() && !verdict.waits(),
                    on_you(office, seen, verdict)};
}

Result<PlaceOverview> place(Office& office, const Rules& rules, const State& state,
                            const Environment& environment, Instant now) {
  const auto& here = state.environment(environment.name);
  PlaceOverview out{.environment = environment.name};
  if (const auto* live = here.live()) out.live = *live;
  if (here.last) out.last = here.last->release;
  out.last_ended = here.last_ended;
  out.last_at = here.last_at;
  out.setback = setback(state, environment.name);
  if (here.current) {
    out.unfinished = here.current->release;
    const auto* release = state.release(here.current->release);
    out.standing = standing(release ? release->attempt(environment.name) : nullptr, now);
  }
  if (here.lock && (!here.lock->until || *here.lock->until > now)) out.lock = here.lock;
  for (const auto& wanted : candidates(rules, state, environment)) {
    DAVIT_TRY(auto one, waiting_one(office, rules, state, environment, wanted, now));
    out.waiting.push_back(std::move(one));
  }
  return out;
}

Result<std::vector<PlaceOverview>> places(Office& office, const Rules& rules, const State& state,
                                          Instant now) {
  std::vector<PlaceOverview> out;
  for (const auto* environment : in_order(rules.definition)) {
    DAVIT_TRY(auto one, place(office, rules, state, *environment, now));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

Result<Overview> look_over(Office& office, const std::vector<std::string>& definitions,
                           Instant now) {
  DAVIT_TRY(const auto standings, office.registry().standings(definitions));
  Overview out{.now = now};
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    DefinitionOverview one{.name = definitions[i]};
    const auto& known = standings[i];
    auto found = known ? places(office, known->rules, known->state, now)
                       : Result<std::vector<PlaceOverview>>(known.error());
    if (found)
      one.places = *std::move(found);
    else if (found.error().failure == Failure::misused)
      return found.error();
    else
      one.trouble = found.error();
    out.definitions.push_back(std::move(one));
  }
  return out;
}

}  // namespace davit
