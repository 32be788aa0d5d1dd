// SPDX-License-Identifier: MIT
#include "cli/known_names.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/git/repository.hpp"
#include "core/state/state.hpp"
#include "core/written/written.hpp"
#include "definitions/reader.hpp"

namespace davit {

namespace {

constexpr std::string_view kLedgers = "refs/davit/ledger/";
constexpr std::size_t kNewest = 30;  // releases that are offered of one definition

// The text of every definition that is written down; empty for one that only has a ledger.
std::map<std::string, std::string> texts(const std::string& directory) {
  std::map<std::string, std::string> all;
  const auto folder = find_folder(directory);
  if (const auto written = folder ? written_on_disk(*folder, "") : Result<Written>(Written{}))
    for (const WrittenFile& file : written->files)
      if (file.kind == WrittenFile::Kind::definition) all[file.name] = file.text;
  if (auto repository = Repository::open(directory))
    if (const auto refs = repository->refs(std::string(kLedgers)))
      for (const auto& ref : *refs) all.try_emplace(ref.first.substr(kLedgers.size()));
  return all;
}

std::vector<Candidate> definitions(const std::string& directory) {
  std::vector<Candidate> all;
  for (const auto& one : texts(directory)) all.push_back({one.first, "definition"});
  return all;
}

// The present as it is stored beside the ledger's tip: whoever only looks believes it. Empty where
// it can't be read.
State present(const std::string& directory, const std::string& definition) {
  auto repository = Repository::open(directory);
  if (!repository) return {};
  const auto stored = repository->blob(std::string(kLedgers) + definition + ":state.json");
  const auto json = stored ? Json::parse(*stored) : Result<Json>(Json());
  auto read = json ? state(*json) : Result<State>(State{});
  return read ? std::move(read).value() : State{};
}

// What is open and what is live, newest first.
std::vector<Candidate> newest(const std::string& directory, const std::string& definition) {
  const State now = present(directory, definition);
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
std::vector<Candidate> releases(const std::string& directory, const std::string& typed) {
  if (const std::size_t slash = typed.find('/'); slash != std::string::npos)
    return newest(directory, typed.substr(0, slash));
  std::vector<Candidate> all;
  for (const auto& one : texts(directory))
    if (one.first.starts_with(typed)) all.push_back({one.first + "/", "definition"});
  if (all.size() != 1) return all;
  const std::string only = all.front().word.substr(0, all.front().word.size() - 1);
  return newest(directory, only);
}

// In the order written; then those that only the ledger knows.
std::vector<Candidate> environments(const std::string& directory, const std::string& definition) {
  const auto known = texts(directory);
  const bool any = known.count(definition) == 0;  // "davit approve production" names none
  std::vector<Candidate> all;
  std::set<std::string> seen;
  const auto offer = [&](const std::string& name) {
    if (seen.insert(name).second) all.push_back({name, "environment"});
  };
  for (const auto& [name, text] : known) {
    if (!any && name != definition) continue;
    for (const Environment& one : read_definition(text, name, name).value.environments)
      offer(one.name);
    if (any) continue;
    for (const auto& one : present(directory, name).environments) offer(one.first);
  }
  return all;
}

}  // namespace

KnownNames names_of_repository(const std::string& directory) {
  return {.definitions = [directory] { return definitions(directory); },
          .releases = [directory](const std::string& typed) { return releases(directory, typed); },
          .environments =
              [directory](const std::string& definition) {
                return environments(directory, definition);
              }};
}

}  // namespace davit
