// SPDX-License-Identifier: MIT
#include "core/deployment/reach.hpp"

#include <fmt/format.h>

#include "core/artifacts/aside.hpp"
#include "core/files/files.hpp"

namespace davit {

namespace {

constexpr const char* kKnownHosts = ".davit/known_hosts";

// A file of the commit where ssh can read it; empty where the commit has none. One that is the same
// already is let be: another davit may be reading it.
Result<std::string> laid_out(Repository& repository, const std::string& commit,
                             const std::string& file, const std::string& name) {
  DAVIT_TRY(const auto found, repository.object(commit + ":" + file));
  if (!found || found->type != "blob") return std::string();
  const auto folder = repository.private_directory() + "/ssh";
  auto path = folder + "/" + name;
  const auto there = is_file(path) ? read_file(path) : Result<std::string>(Error{});
  if (there && *there == found->bytes) return path;
  DAVIT_CHECK(make_folders(folder));
  DAVIT_CHECK(write_file(path, found->bytes, 0600));
  return path;
}

// Whether the working tree has keys that `laid_out`, which may be empty, has not.
bool keys_wait(const Repository& repository, const std::string& laid_out) {
  const auto there = known_hosts_of(repository);
  if (!is_file(there)) return false;
  const auto mine = read_file(there);
  if (laid_out.empty()) return mine.has_value();
  const auto counts = read_file(laid_out);
  return mine && counts && *mine != *counts;
}

}  // namespace

std::string known_hosts_of(const Repository& repository) {
  return repository.top_level() + "/" + kKnownHosts;
}

SshSettings over(SshSettings team, const SshSettings& said) {
  if (!said.config.empty()) team.config = said.config;
  if (!said.transport.empty()) team.transport = said.transport;
  team.options.insert(team.options.begin(), said.options.begin(), said.options.end());
  return team;
}

Result<Reach> reach_of(Repository& repository, const std::string& commit, const Team& team,
                       const SshSettings& said) {
  Reach reach{.settings = team.ssh.value_or(SshSettings{})};
  auto& config = reach.settings.config;
  if (!config.empty() && said.config.empty()) {
    const auto written = config;
    DAVIT_TRY(config, laid_out(repository, commit, written, "config"));
    if (config.empty())
      return Error{
          fmt::format("[ssh] config: there is no {} in commit {}", written, commit.substr(0, 7)),
          "it is read where the rules are read: commit it", reach.settings.place};
  }
  reach.settings = over(std::move(reach.settings), said);
  DAVIT_TRY(reach.known_hosts, laid_out(repository, commit, kKnownHosts, "known_hosts"));
  reach.keys_wait = keys_wait(repository, reach.known_hosts);
  return reach;
}

}  // namespace davit
