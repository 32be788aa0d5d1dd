// SPDX-License-Identifier: MIT
#include "core/artifacts/retention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/policy/rollback.hpp"

namespace davit {

namespace {

using Reasons = std::map<ReleaseNumber, std::string>;  // the first reason is the one told

bool good(const Release& release) {
  return release.status == Release::Status::active && !release.bad;
}

Instant last_touched(const Release& release) {
  auto last = release.created.at;
  for (const auto& [environment, attempts] : release.attempts)
    for (const auto& attempt : attempts)
      for (const auto& deed : {attempt.requested, attempt.started, attempt.finished})
        if (deed) last = std::max(last, deed->at);
  return last;
}

// An attempt that is open, running or paused, in any environment.
void keep_going(const Release& release, Reasons& reasons) {
  for (const auto& [environment, attempts] : release.attempts)
    for (const auto& attempt : attempts)
      if (!attempt.closed())
        reasons.emplace(release.number, attempt.stage == Attempt::Stage::open
                                            ? "waits for " + environment
                                            : "on its way to " + environment);
}

// What is live, what a rollback goes to, and the newest that were good here.
void keep_stays(const State& state, const EnvironmentState& environment, int at_least,
                Reasons& reasons) {
  if (const auto* live = environment.live())
    reasons.emplace(live->release, "live in " + environment.name);
  if (const auto back = rollback(state, environment.name))
    reasons.emplace(back->to.release, "a rollback of " + environment.name);
  std::set<ReleaseNumber> newest;
  for (const auto& stay : environment.stays) {
    if (static_cast<int>(newest.size()) >= at_least) break;
    const auto* release = state.release(stay.release);
    if (release && good(*release) && newest.insert(stay.release).second)
      reasons.emplace(stay.release, "among the newest in " + environment.name);
  }
  if (environment.current)
    reasons.emplace(environment.current->release, "on its way to " + environment.name);
  for (const auto& id : environment.requested)
    reasons.emplace(id.release, "waits for " + environment.name);
}

void keep_newest(const State& state, int at_least, Reasons& reasons) {
  int newest = 0;
  for (auto at = state.releases.rbegin(); at != state.releases.rend() && newest < at_least; ++at) {
    if (!good(at->second)) continue;
    ++newest;
    reasons.emplace(at->first, "among the newest");
  }
}

}  // namespace

std::vector<Retained> retention(const State& state, const Retain& retain, Instant now) {
  Reasons reasons;
  for (const auto& [name, environment] : state.environments)
    keep_stays(state, environment, retain.at_least, reasons);
  const auto oldest = now - std::chrono::hours(24) * retain.days;
  for (const auto& [number, release] : state.releases) {
    keep_going(release, reasons);
    if (release.status == Release::Status::draft) reasons.emplace(number, "a draft");
    if (last_touched(release) > oldest)
      reasons.emplace(number, fmt::format("younger than {} days", retain.days));
  }
  keep_newest(state, retain.at_least, reasons);
  std::vector<Retained> all;
  for (const auto& [number, release] : state.releases) all.push_back({number, reasons[number]});
  return all;
}

}  // namespace davit
