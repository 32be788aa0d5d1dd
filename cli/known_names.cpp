// SPDX-License-Identifier: MIT
#include "cli/known_names.hpp"

#include <filesystem>
#include <set>

#include "core/git/repository.hpp"

namespace davit {

namespace {

constexpr std::string_view kLedgers = "refs/davit/ledger/";

std::set<std::string> written(const Repository& repository) {
  std::set<std::string> names;
  const std::filesystem::path folder = repository.top_level() + "/.davit/definitions";
  std::error_code trouble;
  for (std::filesystem::directory_iterator file(folder, trouble), end; !trouble && file != end;
       file.increment(trouble))
    if (file->path().extension() == ".toml") names.insert(file->path().stem().string());
  return names;
}

std::vector<Candidate> definitions(const std::string& directory) {
  auto repository = Repository::open(directory);
  if (!repository) return {};
  std::set<std::string> names = written(*repository);
  if (const auto refs = repository->refs(std::string(kLedgers)))
    for (const auto& ref : *refs) names.insert(ref.first.substr(kLedgers.size()));
  std::vector<Candidate> all;
  for (const std::string& name : names) all.push_back({name, "definition"});
  return all;
}

}  // namespace

KnownNames names_of_repository(const std::string& directory) {
  return {.definitions = [directory] { return definitions(directory); },
          .releases = [](const std::string&) { return std::vector<Candidate>(); },
          .environments = [](const std::string&) { return std::vector<Candidate>(); }};
}

}  // namespace davit
