// SPDX-License-Identifier: MIT
#include "cli/release_words.hpp"

#include <fmt/format.h>

#include <set>
#include <sstream>

namespace davit {

Json to_json(const Release& release, const std::string& definition) {
  // What the ledger keeps, under the release's full name.
  Json out = Json::object().set("id", text(ReleaseId{definition, release.number}));
  const Json stored = to_json(release);
  for (const auto& [key, value] : stored.members()) out.set(key, value);
  return out;
}

std::string changes_in_brief(Repository& repository, const std::string& from,
                             const std::string& to) {
  if (from == to) return "no commits";
  const auto log = repository.git({"log", "--format=%aE", fmt::format("{}..{}", from, to)});
  if (!log) return "";
  std::set<std::string> authors;
  int commits = 0;
  std::istringstream lines(*log);
  for (std::string line; std::getline(lines, line); ++commits) authors.insert(line);
  if (commits == 0) return "no commits";
  return fmt::format("{} commit{}, {} author{}", commits, commits == 1 ? "" : "s", authors.size(),
                     authors.size() == 1 ? "" : "s");
}

}  // namespace davit
