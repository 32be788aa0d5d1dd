// SPDX-License-Identifier: MIT
#include "definitions/keys.hpp"

#include <algorithm>

#include "definitions/keys_definition.hpp"
#include "definitions/keys_environment.hpp"
#include "definitions/keys_team.hpp"

namespace davit {

const Key* Table::key(std::string_view name) const {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [name](const Key& key) { return key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

const Table& table(TableKind kind) {
  switch (kind) {
    case TableKind::definition:
      return kDefinition;
    case TableKind::retain:
      return kRetain;
    case TableKind::artifact:
      return kArtifact;
    case TableKind::release_source:
      return kReleaseSource;
    case TableKind::github:
      return kGithub;
    case TableKind::gitlab:
      return kGitlab;
    case TableKind::jenkins:
      return kJenkins;
    case TableKind::azure:
      return kAzure;
    case TableKind::oci:
      return kOci;
    case TableKind::triggers:
      return kTriggers;
    case TableKind::branch:
      return kBranch;
    case TableKind::schedule:
      return kSchedule;
    case TableKind::variable:
      return kVariable;
    case TableKind::environment:
      return kEnvironment;
    case TableKind::selection:
      return kSelection;
    case TableKind::rollout:
      return kRollout;
    case TableKind::phase:
      return kPhase;
    case TableKind::step:
      return kStep;
    case TableKind::expect:
      return kExpect;
    case TableKind::check:
      return kCheck;
    case TableKind::approval:
      return kApproval;
    case TableKind::window:
      return kWindow;
    case TableKind::gate:
      return kGate;
    case TableKind::permissions:
      return kPermissions;
    case TableKind::permission:
      return kPermission;
    case TableKind::team:
      return kTeam;
    case TableKind::ledger:
      return kLedger;
    case TableKind::group:
      return kGroup;
    case TableKind::target:
      return kTarget;
    case TableKind::freeze:
      return kFreeze;
    case TableKind::notification:
      return kNotification;
    case TableKind::webhook:
      return kWebhook;
    case TableKind::ssh:
      return kSsh;
  }
  return kDefinition;
}

std::vector<std::string> words(std::string_view separated) {
  std::vector<std::string> out;
  while (!separated.empty()) {
    const auto end = std::min(separated.find(' '), separated.size());
    out.emplace_back(separated.substr(0, end));
    separated.remove_prefix(std::min(end + 1, separated.size()));
  }
  return out;
}

}  // namespace davit
