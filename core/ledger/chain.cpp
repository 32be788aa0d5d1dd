// SPDX-License-Identifier: MIT
#include "core/ledger/chain.hpp"

#include <fmt/format.h>

namespace davit {

namespace {

std::string first_parent(const GitObject& commit) {
  const auto header = commit.bytes.substr(0, commit.bytes.find("\n\n"));
  const auto at = header.find("\nparent ");
  if (at == std::string::npos) return "";
  const auto from = at + std::string_view("\nparent ").size();
  return header.substr(from, header.find('\n', from) - from);
}

// One question a commit: slower than git's own walk, but it ends at what is missing.
Result<std::vector<std::string>> walk(Repository& repository, const std::string& tip,
                                      std::size_t limit) {
  std::vector<std::string> ids;
  for (std::string at = tip; !at.empty() && (limit == 0 || ids.size() < limit);) {
    DAVIT_TRY(const auto commit, repository.object(at));
    if (!commit || commit->type != "commit") break;
    ids.push_back(commit->id);
    at = first_parent(*commit);
  }
  return ids;
}

}  // namespace

Result<std::vector<std::string>> chain(Repository& repository, const std::string& tip,
                                       std::size_t limit) {
  constexpr std::size_t kFew = 32;  // fewer questions than starting a process costs
  if (limit != 0 && limit <= kFew) return walk(repository, tip, limit);
  std::vector<std::string> arguments{"rev-list", "--first-parent", tip};
  if (limit != 0) arguments.push_back(fmt::format("--max-count={}", limit));
  DAVIT_TRY(const auto said, repository.ask_git(arguments));
  if (said.status != 0) return walk(repository, tip, limit);
  std::vector<std::string> ids;
  for (std::size_t at = 0; at < said.output.size();) {
    const auto end = said.output.find('\n', at);
    ids.push_back(said.output.substr(at, end - at));
    at = end == std::string::npos ? said.output.size() : end + 1;
  }
  return ids;
}

}  // namespace davit
