// SPDX-License-Identifier: MIT
#include "core/policy/holdings.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace davit {

namespace {

// What a host is, whatever a selection calls it.
using Identity = std::tuple<std::string, std::string, int>;

Identity identity(const Host& host) { return {host.user, host.address, host.port}; }

// The hosts of an environment, those of its phases included; each once.
std::vector<Host> hosts_of(const Team& team, const Environment& environment) {
  std::map<Identity, Host> found;
  for (const auto& phase : environment.phases) {
    const auto& selection = phase.targets.empty() ? environment.targets : phase.targets;
    if (phase.local || selection.empty()) continue;
    const auto hosts = select(team, selection);
    if (!hosts) continue;
    for (const auto& host : *hosts) found.emplace(identity(host), host);
  }
  std::vector<Host> out;
  for (auto& one : found) out.push_back(std::move(one.second));
  return out;
}

const Attempt* attempt_of(const State& state, const std::string& environment, const Stay& stay) {
  const auto* release = state.release(stay.release);
  if (!release) return nullptr;
  const auto found = release->attempts.find(environment);
  if (found == release->attempts.end()) return nullptr;
  for (const auto& attempt : found->second)
    if (attempt.number == stay.attempt) return &attempt;
  return nullptr;
}

// Those of the hosts that it was brought to; nothing where that is not known any more.
std::optional<std::vector<Host>> brought_to(const State& state, const std::string& environment,
                                            const Stay& stay, const std::vector<Host>& hosts) {
  const auto* attempt = attempt_of(state, environment, stay);
  if (!attempt) return stay.partial ? std::nullopt : std::optional(hosts);
  auto meant = attempt->narrowing.empty() ? hosts : narrowed(hosts, attempt->narrowing);
  if (!meant) return std::vector<Host>{};
  if (const auto& only = attempt->only)
    std::erase_if(*meant, [&](const Host& host) {
      return std::find(only->begin(), only->end(), host.name) == only->end();
    });
  return *std::move(meant);
}

}  // namespace

std::vector<std::vector<Holding>> holdings(const std::vector<Host>& hosts, const Team& team,
                                           const std::vector<Holder>& holders) {
  std::map<Identity, std::vector<Holding>> held;
  for (const auto& [definition, state] : holders) {
    for (const auto& environment : definition.environments) {
      auto left = hosts_of(team, environment);
      for (const auto& stay : state.environment(environment.name).stays) {
        const auto meant = brought_to(state, environment.name, stay, left);
        if (!meant || left.empty()) break;
        for (const auto& host : *meant)
          held[identity(host)].push_back({{definition.name, stay.release}, environment.name});
        std::erase_if(left, [&](const Host& host) {
          return std::find(meant->begin(), meant->end(), host) != meant->end();
        });
      }
    }
  }
  std::vector<std::vector<Holding>> out;
  for (const auto& host : hosts) out.push_back(held[identity(host)]);
  return out;
}

}  // namespace davit
