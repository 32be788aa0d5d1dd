// SPDX-License-Identifier: MIT
#include "core/deployment/surroundings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/ledger/verified.hpp"
#include "core/process/process.hpp"
#include "core/ssh/known_hosts.hpp"

namespace davit {

namespace {

// The first line that a program says of itself, on either stream; empty where it is not there.
std::string version_of(const std::vector<std::string>& command) {
  const auto said = run({.arguments = command});
  if (!said) return "";
  const auto& text = said->output.empty() ? said->errors : said->output;
  return text.substr(0, text.find('\n'));
}

std::string setting(Repository& repository, const char* key) {
  const auto said = repository.ask_git({"config", "--get", key});
  return said && said->status == 0 ? said->output.substr(0, said->output.find('\n')) : "";
}

std::optional<std::size_t> known_keys(Repository& repository, const std::string& commit) {
  const auto file = repository.object(commit + ":.davit/known_hosts");
  if (!file || !*file) return std::nullopt;
  std::size_t count = 0;
  std::string_view rest = (*file)->bytes;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (known_key(line)) ++count;
  }
  return count;
}

LedgerLook look_at(Registry& registry, const std::string& definition,
                   const Result<Registry::Standing>& standing) {
  LedgerLook out{.definition = definition};
  if (!standing) {
    out.trouble = standing.error();
    return out;
  }
  out.events = standing->state.sequence;
  const auto head = registry.ledger(definition).head();
  out.verified = head && *head && is_verified(registry.repository(), definition, **head);
  return out;
}

void add_unfinished(const Registry::Standing& known, Instant now, std::vector<UnfinishedRun>& out) {
  for (const auto& [name, environment] : known.state.environments) {
    if (!environment.current) continue;
    const auto number = environment.current->release;
    const auto* release = known.state.release(number);
    out.push_back({{known.rules.definition.name, number},
                   name,
                   standing(release ? release->attempt(name) : nullptr, now)});
  }
}

}  // namespace

Surroundings look_around(Registry& registry, Instant now) {
  auto& repository = registry.repository();
  Surroundings out;
  out.git = version_of({"git", "--version"});
  out.ssh = version_of({"ssh", "-V"});
  out.person = setting(repository, "user.email");
  out.signing_key = setting(repository, "user.signingkey");
  out.rules = fmt::format("{} {}", registry.trusted(), registry.commit().substr(0, 7));
  out.known_keys = known_keys(repository, registry.commit());
  const auto names = registry.definitions();
  const auto standings = registry.standings(names);
  for (std::size_t i = 0; standings && i < names.size(); ++i) {
    out.ledgers.push_back(look_at(registry, names[i], (*standings)[i]));
    if ((*standings)[i]) add_unfinished(*(*standings)[i], now, out.unfinished);
  }
  return out;
}

}  // namespace davit
