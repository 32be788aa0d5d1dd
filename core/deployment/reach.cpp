// SPDX-License-Identifier: MIT
#include "core/deployment/reach.hpp"

#include <fmt/format.h>

#include "core/artifacts/aside.hpp"
#include "core/files/files.hpp"

namespace davit {

namespace {

constexpr const char* kKnownHosts = ".davit/known_hosts";

// Nothing where the commit has no such file.
Result<std::optional<std::string>> text_of(Repository& repository, const std::string& commit,
                                           const std::string& file) {
  DAVIT_TRY(auto found, repository.object(commit + ":" + file));
  if (!found || found->type != "blob") return std::optional<std::string>();
  return std::optional(std::move(found->bytes));
}

// Puts it where ssh can read it. One that is the same already is let be: another davit may be
// reading it.
Result<std::string> lay_out(const Repository& repository, const std::string& name,
                            const std::string& text) {
  const auto folder = repository.private_directory() + "/ssh";
  auto path = folder + "/" + name;
  const auto there = is_file(path) ? read_file(path) : Result<std::string>(Error{});
  if (there && *there == text) return path;
  DAVIT_CHECK(make_folders(folder));
  DAVIT_CHECK(write_file(path, text, 0600));
  return path;
}

// To an ssh that goes to a jump host for another one, nothing is handed on but its file (-F).
std::string for_jump_hosts_too(const std::string& config, const std::string& known_hosts) {
  auto out = "BatchMode yes\nStrictHostKeyChecking yes\n" + config;
  if (!known_hosts.empty())
    out += "\nHost *\nUserKnownHostsFile " + known_hosts_words(known_hosts) + "\n";
  return out;
}

Result<std::string> lay_out_config(Repository& repository, const std::string& commit,
                                   const SshSettings& settings, const std::string& known_hosts) {
  DAVIT_TRY(const auto text, text_of(repository, commit, settings.config));
  if (text) return lay_out(repository, "config", for_jump_hosts_too(*text, known_hosts));
  return Error{fmt::format("[ssh] config: there is no {} in commit {}", settings.config,
                           commit.substr(0, 7)),
               "it is read where the rules are read: commit it", settings.place};
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
  DAVIT_TRY(const auto keys, text_of(repository, commit, kKnownHosts));
  if (keys) {
    DAVIT_TRY(reach.known_hosts, lay_out(repository, "known_hosts", *keys));
  }
  auto& config = reach.settings.config;
  if (!config.empty() && said.config.empty()) {
    DAVIT_TRY(config, lay_out_config(repository, commit, reach.settings, reach.known_hosts));
  }
  reach.settings = over(std::move(reach.settings), said);
  reach.keys_wait = keys_wait(repository, reach.known_hosts);
  return reach;
}

}  // namespace davit
