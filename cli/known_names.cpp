// SPDX-License-Identifier: MIT
#include "cli/known_names.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "core/fleet/host.hpp"
#include "core/git/repository.hpp"
#include "core/state/state.hpp"
#include "core/written/written.hpp"
#include "definitions/reader.hpp"

namespace davit {

namespace {

constexpr std::string_view kLedgers = "refs/davit/ledger/";
constexpr std::size_t kNewest = 30;  // releases that are offered of one definition

// The repository of a directory, opened once: most of what the tab key waits for is git's start.
struct Opened {
  explicit Opened(const std::string& path) : directory(path) {}

  Repository* repository() {
    if (!tried) {
      auto found = Repository::open(directory);
      if (found) held.emplace(std::move(found).value());
      tried = true;
    }
    return held ? &*held : nullptr;
  }

  std::string directory;
  std::optional<Repository> held;
  bool tried = false;
};

std::vector<WrittenFile> files(const std::string& directory) {
  const auto folder = find_folder(directory);
  auto found = folder ? written_on_disk(*folder, "") : Result<Written>(Written{});
  return found ? std::move(found->files) : std::vector<WrittenFile>{};
}

// The text of every definition that is written down.
std::map<std::string, std::string> written(const std::string& directory) {
  std::map<std::string, std::string> all;
  for (const WrittenFile& file : files(directory))
    if (file.kind == WrittenFile::Kind::definition) all[file.name] = file.text;
  return all;
}

// Targets and their hosts, as the team's rules are written down.
std::vector<Candidate> hosts(const std::string& directory) {
  std::vector<Reading<Team>> parts;
  for (const WrittenFile& file : files(directory))
    if (file.kind == WrittenFile::Kind::team) parts.push_back(read_team(file.text, file.path));
  const Team team = merge_teams(std::move(parts)).value;
  std::vector<Candidate> all;
  for (const auto& target : team.targets) all.push_back({target.name, "target"});
  for (const auto& host : all_hosts(team)) all.push_back({host.name, "host"});
  return all;
}

// Those that are written down, and those that only have a ledger.
std::set<std::string> names(Opened& opened) {
  std::set<std::string> all;
  for (const auto& one : written(opened.directory)) all.insert(one.first);
  if (auto* repository = opened.repository())
    if (const auto refs = repository->refs(std::string(kLedgers)))
      for (const auto& ref : *refs) all.insert(ref.first.substr(kLedgers.size()));
  return all;
}

std::vector<Candidate> definitions(Opened& opened) {
  std::vector<Candidate> all;
  for (const auto& name : names(opened)) all.push_back({name, "definition"});
  return all;
}

// The present as it is stored beside the ledger's tip: whoever only looks believes it. Empty where
// it can't be read.
State present(Opened& opened, const std::string& definition) {
  auto* repository = opened.repository();
  if (!repository) return {};
  const auto stored = repository->blob(std::string(kLedgers) + definition + ":state.json");
  const auto json = stored ? Json::parse(*stored) : Result<Json>(Json());
  auto read = json ? state(*json) : Result<State>(State{});
  return read ? std::move(read).value() : State{};
}

// What is open and what is live, newest first.
std::vector<Candidate> newest(Opened& opened, const std::string& definition) {
  const State now = present(opened, definition);
  std::set<ReleaseNumber, std::greater<>> numbers(now.open.begin(), now.open.end());
  for (const auto& one : now.environments)
    for (const Stay& stay : one.second.stays) numbers.insert(stay.release);
  std::vector<Candidate> all;
  for (const ReleaseNumber number : numbers) {
    if (all.size() == kNewest) break;
    all.push_back({text(ReleaseId{definition, number}), "release"});
  }
  return all;
}

// Releases of the one definition that is meant; of several, their names and a slash.
std::vector<Candidate> releases(Opened& opened, const std::string& typed) {
  if (const std::size_t slash = typed.find('/'); slash != std::string::npos)
    return newest(opened, typed.substr(0, slash));
  std::vector<Candidate> all;
  for (const auto& name : names(opened))
    if (name.starts_with(typed)) all.push_back({name + "/", "definition"});
  if (all.size() != 1) return all;
  const std::string only = all.front().word.substr(0, all.front().word.size() - 1);
  return newest(opened, only);
}

// In the order written; then those that only the ledger knows.
std::vector<Candidate> environments(Opened& opened, const std::string& definition) {
  const auto known = written(opened.directory);
  const State now = definition.empty() ? State{} : present(opened, definition);
  // No definition was named, or none that there is.
  const bool any = known.count(definition) == 0 && now.environments.empty();
  std::vector<Candidate> all;
  std::set<std::string> seen;
  const auto offer = [&](const std::string& name) {
    if (seen.insert(name).second) all.push_back({name, "environment"});
  };
  for (const auto& [name, text] : known) {
    if (!any && name != definition) continue;
    for (const Environment& one : read_definition(text, name, name).value.environments)
      offer(one.name);
  }
  for (const auto& one : now.environments) offer(one.first);
  return all;
}

}  // namespace

KnownNames names_of_repository(const std::string& directory) {
  const auto opened = std::make_shared<Opened>(directory);
  return {.definitions = [opened] { return definitions(*opened); },
          .releases = [opened](const std::string& typed) { return releases(*opened, typed); },
          .environments =
              [opened](const std::string& definition) { return environments(*opened, definition); },
          .hosts = [directory] { return hosts(directory); }};
}

}  // namespace davit
