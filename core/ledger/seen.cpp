// SPDX-License-Identifier: MIT
#include "core/ledger/seen.hpp"

#include <fmt/format.h>

#include "core/ledger/ledger.hpp"

namespace davit {

namespace {

std::string shortened(const std::string& id) { return id.substr(0, 10); }

std::string way_back(const Repository& repository, const std::string& definition,
                     const Seen& seen) {
  return fmt::format(
      "look: git log {}\nbring it back: git update-ref {} {}\nif it was meant: rm {}",
      shortened(seen.commit), ledger_ref(definition), seen.commit,
      seen_file(repository, definition));
}

}  // namespace

std::string seen_file(const Repository& repository, const std::string& definition) {
  return repository.private_directory() + "/seen/" + definition;
}

std::optional<Seen> read_seen(const Repository& repository, const std::string& definition) {
  return read_remembered(seen_file(repository, definition));
}

Outcome write_seen(const Repository& repository, const std::string& definition, const Seen& seen,
                   bool sync) {
  const auto known = read_seen(repository, definition);
  if (known && known->sequence >= seen.sequence) return Done{};
  return write_remembered(seen_file(repository, definition), seen, sync);
}

Outcome check_seen(Repository& repository, const std::string& definition, const Seen& seen,
                   const Seen& head, const std::string& parent_of_head) {
  if (head.commit == seen.commit || parent_of_head == seen.commit) return Done{};
  const auto was =
      fmt::format("it ended with event {} ({})", seen.sequence, shortened(seen.commit));
  const auto hint = way_back(repository, definition, seen);
  if (head.commit.empty())
    return Error{fmt::format("the ledger of {} is gone: {}", definition, was), hint};
  const auto is =
      fmt::format("now it ends with event {} ({})", head.sequence, shortened(head.commit));
  if (head.sequence < seen.sequence)
    return Error{fmt::format("the ledger of {} was set back: {}, {}", definition, was, is), hint};
  const auto behind = repository.is_ancestor(seen.commit, head.commit);
  if (behind && *behind) return Done{};
  return Error{fmt::format("the ledger of {} was replaced by another: {}, {}", definition, was, is),
               hint};
}

}  // namespace davit
