// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/state/fold.hpp"

namespace davit {

namespace {

// The environment in which a deployment of the release is running or paused; empty: none.
std::string busy_with(const Release& release) {
  for (const auto& [environment, attempts] : release.attempts)
    if (!attempts.empty() && !attempts.back().closed() &&
        attempts.back().stage != Attempt::Stage::open)
      return environment;
  return "";
}

// What was asked for and has not begun will not happen any more.
void close_open_attempts(Fold& fold, Release& release) {
  for (auto& [environment, attempts] : release.attempts) {
    if (attempts.empty() || attempts.back().closed()) continue;
    attempts.back().stage = Attempt::Stage::canceled;
    attempts.back().finished = fold.deed;
    attempts.back().message = "the release was abandoned";
  }
  for (auto& [name, environment] : fold.state.environments)
    std::erase_if(environment.requested,
                  [&](const DeploymentId& id) { return id.release == release.number; });
}

}  // namespace

void Fold::offer(const Release& release) {
  if (release.status != Release::Status::active || release.bad) return;
  withdraw(release.number);
  auto& open = state.open;
  open.insert(std::lower_bound(open.begin(), open.end(), release.number, std::greater<>()),
              release.number);
  if (open.size() > State::kOpen) open.pop_back();
}

void Fold::withdraw(ReleaseNumber number) { std::erase(state.open, number); }

Applied Fold::operator()(const ReleaseCreated& created) {
  if (created.release.value != state.last_release.value + 1)
    return nothing(fmt::format("the next release is {}", named({state.last_release.value + 1})));
  Release release{.number = created.release,
                  .name = created.name,
                  .status = created.draft ? Release::Status::draft : Release::Status::active,
                  .created = deed,
                  .note = created.note,
                  .subject = created.subject,
                  .definition = created.definition,
                  .untrusted = created.untrusted,
                  .artifacts = created.artifacts,
                  .values = created.values};
  state.last_release = created.release;
  push_front(state.recent_names, created.name, State::kOpen);
  offer(release);
  state.releases.insert_or_assign(created.release, std::move(release));
  return {};
}

Applied Fold::operator()(const ReleaseStarted& started) {
  auto* release = find(started.release);
  if (release == nullptr) return nothing(fmt::format("there is no {}", named(started.release)));
  if (release->status != Release::Status::draft)
    return nothing(fmt::format("{} is no draft", named(started.release)));
  release->status = Release::Status::active;
  offer(*release);
  return {};
}

Applied Fold::operator()(const ReleaseAbandoned& abandoned) {
  auto* release = find(abandoned.release);
  if (release == nullptr) return nothing(fmt::format("there is no {}", named(abandoned.release)));
  if (release->status == Release::Status::abandoned)
    return nothing(fmt::format("{} has been abandoned already", named(abandoned.release)));
  if (const auto busy = busy_with(*release); !busy.empty())
    return nothing(fmt::format("{} is being deployed to {}", named(abandoned.release), busy));
  release->status = Release::Status::abandoned;
  release->abandoned_because = abandoned.reason;
  close_open_attempts(*this, *release);
  withdraw(release->number);
  return {};
}

Applied Fold::operator()(const ReleaseMarked& marked) {
  auto* release = find(marked.release);
  if (release == nullptr) return nothing(fmt::format("there is no {}", named(marked.release)));
  if (release->bad.has_value() == marked.bad)
    return nothing(fmt::format("{} is {}", named(marked.release),
                               marked.bad ? "marked bad already" : "not marked bad"));
  if (marked.bad) {
    release->bad = marked.reason;
    withdraw(release->number);
  } else {
    release->bad.reset();
    offer(*release);
  }
  return {};
}

}  // namespace davit
