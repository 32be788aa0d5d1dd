// SPDX-License-Identifier: MIT
#include "definitions/keys.hpp"

#include <algorithm>
#include <array>

#include "definitions/keys_definition.hpp"
#include "definitions/keys_environment.hpp"
#include "definitions/keys_team.hpp"

namespace davit {

namespace {

// In the order of TableKind.
constexpr std::array kTables = {
    &kDefinition, &kRetain,  &kArtifact,     &kReleaseSource, &kGithub,   &kGitlab,   &kJenkins,
    &kAzure,      &kOci,     &kTriggers,     &kBranch,        &kSchedule, &kVariable, &kEnvironment,
    &kSelection,  &kRollout, &kPhase,        &kStep,          &kExpect,   &kCheck,    &kApproval,
    &kWindow,     &kGate,    &kPermissions,  &kPermission,    &kTeam,     &kLedger,   &kGroup,
    &kTarget,     &kFreeze,  &kNotification, &kWebhook,       &kSsh,
};
static_assert(kTables.size() == static_cast<std::size_t>(TableKind::ssh) + 1);

}  // namespace

const Key* Table::key(std::string_view name) const {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [name](const Key& key) { return key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

const Table& table(TableKind kind) { return *kTables[static_cast<std::size_t>(kind)]; }

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
