// SPDX-License-Identifier: MIT
#include "core/ledger/chain.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace davit {

namespace {

std::string first_parent(const GitObject& commit) {
  const auto header = commit.bytes.substr(0, commit.bytes.find("\n\n"));
  const auto at = header.find("\nparent ");
  if (at == std::string::npos) return "";
  const auto from = at + std::string_view("\nparent ").size();
  return header.substr(from, header.find('\n', from) - from);
}

constexpr std::size_t kFew = 32;  // fewer questions than starting a process costs

// One question a commit: slower than git's own walk, but it ends at what is missing. And it ends at
// `until`, which is not among them.
Result<std::vector<std::string>> walk(Repository& repository, const std::string& tip,
                                      std::size_t limit, const std::string& until = "") {
  std::vector<std::string> ids;
  for (std::string at = tip; !at.empty() && at != until && (limit == 0 || ids.size() < limit);) {
    DAVIT_TRY(const auto commit, repository.object(at));
    if (!commit || commit->type != "commit") break;
    ids.push_back(commit->id);
    at = first_parent(*commit);
  }
  return ids;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// Whether the oldest of these, newest first, comes right behind `known`.
Result<bool> follow(Repository& repository, const std::vector<std::string>& ids,
                    const std::string& known) {
  if (ids.empty()) return true;
  DAVIT_TRY(const auto oldest, repository.object(ids.back()));
  return oldest && first_parent(*oldest) == known;
}

}  // namespace

Result<std::vector<std::string>> chain(Repository& repository, const std::string& tip,
                                       std::size_t limit) {
  if (limit != 0 && limit <= kFew) return walk(repository, tip, limit);
  std::vector<std::string> arguments{"rev-list", "--first-parent", tip};
  if (limit != 0) arguments.push_back(fmt::format("--max-count={}", limit));
  DAVIT_TRY(const auto said, repository.ask_git(arguments));
  if (said.status != 0) return walk(repository, tip, limit);
  return lines_of(said.output);
}

Result<std::optional<std::vector<std::string>>> chain_since(Repository& repository,
                                                            const std::string& known,
                                                            const std::string& tip) {
  DAVIT_TRY(auto ids, walk(repository, tip, kFew, known));
  if (ids.size() == kFew) {
    DAVIT_TRY(const auto said,
              repository.ask_git({"rev-list", "--first-parent", tip, "^" + known}));
    ids = said.status == 0 ? lines_of(said.output) : std::vector<std::string>{tip};
  }
  DAVIT_TRY(const bool all, follow(repository, ids, known));
  if (!all) return std::optional<std::vector<std::string>>();
  std::reverse(ids.begin(), ids.end());
  return std::optional(std::move(ids));
}

Outcome each_commit(Repository& repository, const std::vector<std::string>& ids,
                    const std::function<Outcome(const GitObject&)>& take) {
  constexpr std::size_t kAtOnce = 256;
  for (std::size_t at = 0; at < ids.size(); at += kAtOnce) {
    const auto last = std::min(at + kAtOnce, ids.size());
    const std::vector<std::string> some(ids.begin() + static_cast<std::ptrdiff_t>(at),
                                        ids.begin() + static_cast<std::ptrdiff_t>(last));
    DAVIT_TRY(const auto commits, repository.objects(some));
    for (const auto& commit : commits)
      if (commit) DAVIT_CHECK(take(*commit));
  }
  return Done{};
}

}  // namespace davit
