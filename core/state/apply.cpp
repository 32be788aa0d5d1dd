// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "core/state/fold.hpp"

namespace davit {

namespace {

// Whether the event may be folded at all, whatever its fact.
Applied admitted(const State& state, const Event& event) {
  const auto& known = state.recent_events;
  if (std::find(known.begin(), known.end(), event.id) != known.end())
    return nothing("an event with this id is in the ledger already");
  const auto* unknown = std::get_if<Unknown>(&event.fact);
  if (unknown != nullptr && !unknown->why.empty()) return nothing(unknown->why);
  const bool opens = std::holds_alternative<LedgerOpened>(event.fact);
  if (state.ledger.empty() && !opens) return nothing("the ledger has not been opened");
  if (event.ledger != state.ledger) return nothing("it was made for another ledger");
  return {};
}

template <typename Known>
std::vector<ReleaseNumber> subject_of(const Known& fact) {
  if constexpr (requires { fact.deployment; })
    return {fact.deployment.release};
  else if constexpr (requires { fact.release; })
    return {fact.release};
  else
    return {};
}

}  // namespace

std::string Fold::named(ReleaseNumber number) const { return text({state.definition, number}); }

Release* Fold::find(ReleaseNumber number) {
  const auto found = state.releases.find(number);
  return found == state.releases.end() ? nullptr : &found->second;
}

EnvironmentState& Fold::environment(const std::string& name) {
  auto& made = state.environments[name];
  made.name = name;
  return made;
}

Applied Fold::operator()(const LedgerOpened& opened) {
  if (!state.ledger.empty()) return nothing("the ledger has been opened already");
  state.definition = opened.definition;
  return {};
}

Applied Fold::operator()(const Unknown& unknown) {
  return nothing(fmt::format("this davit knows no event of the type {}", unknown.type));
}

Applied apply(State& state, const Event& event) {
  auto applied = admitted(state, event);
  if (applied.effective) applied = std::visit(Fold{state, {event.by, event.at}}, event.fact);
  if (applied.effective && std::holds_alternative<LedgerOpened>(event.fact))
    state.ledger = ledger_id(event);
  push_front(state.recent_events, event.id, State::kRecentEvents);
  ++state.sequence;
  return applied;
}

std::vector<ReleaseNumber> releases_of(const Fact& fact) {
  return std::visit([](const auto& known) { return subject_of(known); }, fact);
}

}  // namespace davit
