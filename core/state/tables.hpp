// SPDX-License-Identifier: MIT
// What the stored state looks like as JSON: a table of members each (core/events/record.hpp).
#pragma once

#include "core/events/tables.hpp"
#include "core/state/state.hpp"

namespace davit {

// A stay, of which a state has hundreds: [release, attempt, milliseconds since 1970], and a 1
// behind them where it went well in part only.
namespace record {
DAVIT_RECORD_PLAIN(Stay);
}

constexpr auto words(Attempt::Stage) {
  return std::array{"open", "running", "paused", "finished", "rejected", "canceled"};
}
constexpr auto words(Release::Status) { return std::array{"draft", "active", "abandoned"}; }

template <typename Each>
void members(const Deed*, Each&& each) {
  each(must("by", &Deed::by));
  each(must("at", &Deed::at));
}
template <typename Each>
void members(const GivenDecision*, Each&& each) {
  each(must("deed", &GivenDecision::deed));
  each(must("moment", &GivenDecision::moment));
  each(must("approves", &GivenDecision::approves));
  each(may("plan", &GivenDecision::plan));
  each(may("comment", &GivenDecision::comment));
}
template <typename Each>
void members(const Attempt*, Each&& each) {
  each(must("number", &Attempt::number, record::kPositive));
  each(must("stage", &Attempt::stage));
  each(must("cause", &Attempt::cause));
  each(may("skip_needs", &Attempt::skip_needs));
  each(may("narrowing", &Attempt::narrowing));
  each(may("targets", &Attempt::targets, record::kCount));
  each(may("of", &Attempt::of, record::kCount));
  each(may("reason", &Attempt::reason));
  each(may("requested", &Attempt::requested));
  each(may("decisions", &Attempt::decisions));
  each(may("started", &Attempt::started));
  each(may("plan", &Attempt::plan));
  each(may("lease", &Attempt::lease));
  each(may("from", &Attempt::from));
  each(may("only", &Attempt::only));
  each(may("paused", &Attempt::paused));
  each(may("cancel_asked", &Attempt::cancel_asked));
  each(may("finished", &Attempt::finished));
  each(may("ended", &Attempt::ended));
  each(may("took_ms", &Attempt::took));
  each(may("steps", &Attempt::steps));
  each(may("untold", &Attempt::untold, record::kCount));
  each(may("message", &Attempt::message));
  each(may("log", &Attempt::log));
}
template <typename Each>
void members(const Release*, Each&& each) {
  each(must("number", &Release::number));
  each(must("name", &Release::name));
  each(must("status", &Release::status));
  each(may("abandoned_because", &Release::abandoned_because));
  each(may("bad", &Release::bad));
  each(must("created", &Release::created));
  each(may("note", &Release::note));
  each(may("subject", &Release::subject));
  each(must("definition", &Release::definition));
  each(may("untrusted", &Release::untrusted));
  each(may("artifacts", &Release::artifacts));
  each(may("values", &Release::values));
  each(may("attempts", &Release::attempts));
}

template <typename Each>
void members(const Lock*, Each&& each) {
  each(must("deed", &Lock::deed));
  each(may("reason", &Lock::reason));
  each(may("until", &Lock::until));
}
template <typename Each>
void members(const EnvironmentState*, Each&& each) {
  each(must("name", &EnvironmentState::name, record::kName));
  each(may("fence", &EnvironmentState::fence, record::kCount));
  each(may("highest", &EnvironmentState::highest));
  each(may("stays", &EnvironmentState::stays));
  each(may("current", &EnvironmentState::current));
  each(may("last", &EnvironmentState::last));
  each(may("last_ended", &EnvironmentState::last_ended));
  each(may("last_at", &EnvironmentState::last_at));
  each(may("requested", &EnvironmentState::requested));
  each(may("lock", &EnvironmentState::lock));
}
template <typename Each>
void members(const State*, Each&& each) {
  each(may("definition", &State::definition));
  each(may("ledger", &State::ledger));
  each(may("sequence", &State::sequence, record::kSize));
  each(may("last_release", &State::last_release));
  each(may("open", &State::open));
  each(may("recent_names", &State::recent_names));
  each(may("recent_events", &State::recent_events));
  each(may("environments", &State::environments));
}

}  // namespace davit
