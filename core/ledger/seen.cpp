// SPDX-License-Identifier: MIT
#include "core/ledger/seen.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/ledger/ledger.hpp"
#include "core/process/descriptor.hpp"

namespace davit {

namespace {

Error not_written(const std::string& file) {
  return {fmt::format("can't write {}: {}", file, std::strerror(errno)), ""};
}

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
  std::ifstream file(seen_file(repository, definition));
  Seen seen;
  if (!(file >> seen.sequence >> seen.commit) || seen.commit.size() != 40) return std::nullopt;
  return seen;
}

Outcome write_seen(const Repository& repository, const std::string& definition, const Seen& seen,
                   bool sync) {
  const auto known = read_seen(repository, definition);
  if (known && known->sequence >= seen.sequence) return Done{};
  const auto file = seen_file(repository, definition);
  std::error_code failed;
  std::filesystem::create_directories(std::filesystem::path(file).parent_path(), failed);
  const auto fresh = fmt::format("{}.{}.tmp", file, getpid());
  const Descriptor to(open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!to.open()) return not_written(fresh);
  const auto line = fmt::format("{} {}\n", seen.sequence, seen.commit);
  std::string_view rest = line;
  while (!rest.empty() && write_some(to, rest) != Flow::ended) {
  }
  const bool written = rest.empty() && (!sync || fdatasync(to.number()) == 0);
  if (written && rename(fresh.c_str(), file.c_str()) == 0) return Done{};
  auto error = not_written(file);
  unlink(fresh.c_str());
  return error;
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
