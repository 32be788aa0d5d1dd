// SPDX-License-Identifier: MIT
#include "core/deployment/reach.hpp"

#include "core/files/files.hpp"

namespace davit {

std::string known_hosts_of(const Repository& repository) {
  return repository.top_level() + "/.davit/known_hosts";
}

Reach reach_of(const Repository& repository, const Team& team) {
  Reach reach{.settings = team.ssh.value_or(SshSettings{})};
  if (!repository.bare() && is_file(known_hosts_of(repository)))
    reach.known_hosts = known_hosts_of(repository);
  // Inside the repository, as the reader has seen to.
  if (auto& config = reach.settings.config; !config.empty())
    config = repository.top_level() + "/" + config;
  return reach;
}

}  // namespace davit
