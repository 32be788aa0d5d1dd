// SPDX-License-Identifier: MIT
#include "core/state/state.hpp"

#include <algorithm>

#include "core/state/tables.hpp"

namespace davit {

const char* text(Attempt::Stage stage) { return words(stage)[static_cast<std::size_t>(stage)]; }
const char* text(Release::Status status) { return words(status)[static_cast<std::size_t>(status)]; }

const char* Attempt::outcome() const {
  return stage == Stage::finished && ended ? text(*ended) : text(stage);
}

const Attempt* Release::attempt(const std::string& environment) const {
  const auto found = attempts.find(environment);
  return found == attempts.end() || found->second.empty() ? nullptr : &found->second.back();
}

int Release::next_attempt(const std::string& environment) const {
  const auto* newest = attempt(environment);
  if (newest == nullptr) return 1;
  return newest->stage == Attempt::Stage::open ? newest->number : newest->number + 1;
}

const ArtifactPin* Release::artifact(const std::string& wanted) const {
  const auto found = std::find_if(artifacts.begin(), artifacts.end(),
                                  [&](const ArtifactPin& pin) { return pin.name == wanted; });
  return found == artifacts.end() ? nullptr : &*found;
}

const Release* State::release(ReleaseNumber number) const {
  const auto found = releases.find(number);
  return found == releases.end() ? nullptr : &found->second;
}

const EnvironmentState& State::environment(const std::string& name) const {
  static const EnvironmentState kEmpty;
  const auto found = environments.find(name);
  return found == environments.end() ? kEmpty : found->second;
}

}  // namespace davit
