// SPDX-License-Identifier: MIT
#include "definitions/definition.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <string_view>

namespace davit {

namespace {

template <typename Thing>
const Thing* named(const std::vector<Thing>& things, const std::string& name) {
  const auto found = std::find_if(things.begin(), things.end(),
                                  [&name](const Thing& thing) { return thing.name == name; });
  return found == things.end() ? nullptr : &*found;
}

// Who waits for whom, by position in the written order.
struct Waiting {
  std::vector<std::vector<std::size_t>> followers;
  std::vector<std::size_t> open;  // needs not met yet

  explicit Waiting(const std::vector<Environment>& environments)
      : followers(environments.size()), open(environments.size()) {
    std::map<std::string_view, std::size_t> positions;
    for (std::size_t i = 0; i < environments.size(); ++i) positions[environments[i].name] = i;
    for (std::size_t i = 0; i < environments.size(); ++i)
      for (const auto& need : environments[i].needs)
        if (const auto found = positions.find(need.environment); found != positions.end()) {
          followers[found->second].push_back(i);
          ++open[i];
        }
  }
};

}  // namespace

Place Environment::key_place(const std::string& key) const {
  for (const auto& [written, where] : key_places)
    if (written == key) return where;
  return place;
}

const char* text(Environment::DeployOn when) {
  switch (when) {
    case Environment::DeployOn::release:
      return "release";
    case Environment::DeployOn::success:
      return "success";
    case Environment::DeployOn::schedule:
      return "schedule";
    case Environment::DeployOn::manual:
      break;
  }
  return "manual";
}

const char* text(Environment::Queue queue) {
  return queue == Environment::Queue::all ? "all" : "latest";
}

const char* text(Environment::OnFailure what) {
  return what == Environment::OnFailure::rollback ? "rollback" : "stop";
}

const Environment* Definition::environment(const std::string& wanted) const {
  return named(environments, wanted);
}

const Artifact* Definition::artifact(const std::string& wanted) const {
  return named(artifacts, wanted);
}

std::vector<const Environment*> in_order(const Definition& definition) {
  const auto& environments = definition.environments;
  Waiting waiting(environments);
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t i = 0; i < environments.size(); ++i)
    if (waiting.open[i] == 0) ready.push(i);
  std::vector<const Environment*> ordered;
  while (!ready.empty()) {
    const auto first = ready.top();
    ready.pop();
    ordered.push_back(&environments[first]);
    for (const auto follower : waiting.followers[first])
      if (--waiting.open[follower] == 0) ready.push(follower);
  }
  if (ordered.size() == environments.size()) return ordered;
  ordered.clear();
  for (const auto& environment : environments) ordered.push_back(&environment);
  return ordered;
}

}  // namespace davit
