// SPDX-License-Identifier: MIT
// What the stored state looks like as JSON: a table of members each (core/events/record.hpp).
#pragma once

#include "core/events/tables.hpp"
#include "core/state/state.hpp"

namespace davit {

constexpr auto words(Attempt::Stage) {
  return std::array{"open", "running", "paused", "finished", "rejected", "canceled"};
}
constexpr auto words(Release::Status) { return std::array{"draft", "active", "abandoned"}; }

constexpr auto members(const Deed*) {
  return std::tuple(must("by", &Deed::by), must("at", &Deed::at));
}
constexpr auto members(const GivenDecision*) {
  return std::tuple(must("deed", &GivenDecision::deed), must("moment", &GivenDecision::moment),
                    must("approves", &GivenDecision::approves), may("plan", &GivenDecision::plan),
                    may("comment", &GivenDecision::comment));
}
constexpr auto members(const Attempt*) {
  return std::tuple(must("number", &Attempt::number, record::kPositive),
                    must("stage", &Attempt::stage), must("cause", &Attempt::cause),
                    may("skip_needs", &Attempt::skip_needs), may("reason", &Attempt::reason),
                    may("requested", &Attempt::requested), may("decisions", &Attempt::decisions),
                    may("started", &Attempt::started), may("plan", &Attempt::plan),
                    may("lease", &Attempt::lease), may("from", &Attempt::from),
                    may("paused", &Attempt::paused), may("cancel_asked", &Attempt::cancel_asked),
                    may("finished", &Attempt::finished), may("ended", &Attempt::ended),
                    may("took_ms", &Attempt::took), may("steps", &Attempt::steps),
                    may("message", &Attempt::message), may("log", &Attempt::log));
}
constexpr auto members(const Release*) {
  return std::tuple(
      must("number", &Release::number), must("name", &Release::name),
      must("status", &Release::status), may("abandoned_because", &Release::abandoned_because),
      may("bad", &Release::bad), must("created", &Release::created), may("note", &Release::note),
      may("subject", &Release::subject), must("definition", &Release::definition),
      may("untrusted", &Release::untrusted), may("artifacts", &Release::artifacts),
      may("values", &Release::values), may("attempts", &Release::attempts));
}

constexpr auto members(const Stay*) {
  return std::tuple(must("release", &Stay::release),
                    must("attempt", &Stay::attempt, record::kPositive), must("since", &Stay::since),
                    may("partial", &Stay::partial));
}
constexpr auto members(const Lock*) {
  return std::tuple(must("deed", &Lock::deed), may("reason", &Lock::reason),
                    may("until", &Lock::until));
}
constexpr auto members(const EnvironmentState*) {
  return std::tuple(
      must("name", &EnvironmentState::name, record::kName),
      may("fence", &EnvironmentState::fence, record::kCount),
      may("highest", &EnvironmentState::highest), may("stays", &EnvironmentState::stays),
      may("current", &EnvironmentState::current), may("last", &EnvironmentState::last),
      may("last_ended", &EnvironmentState::last_ended), may("last_at", &EnvironmentState::last_at),
      may("requested", &EnvironmentState::requested), may("lock", &EnvironmentState::lock));
}
constexpr auto members(const State*) {
  return std::tuple(
      may("definition", &State::definition), may("ledger", &State::ledger),
      may("sequence", &State::sequence, record::kSize), may("last_release", &State::last_release),
      may("open", &State::open), may("recent_names", &State::recent_names),
      may("recent_events", &State::recent_events), may("environments", &State::environments));
}

}  // namespace davit
