// SPDX-License-Identifier: MIT
#include "core/git/ref_move.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "core/artifacts/file_error.hpp"
#include "core/git/ref_lock.hpp"
#include "core/process/descriptor.hpp"

namespace davit {

namespace {

const std::string kNone(40, '0');

// Whether the ref is where it was expected; asked of git, which knows the packed ones.
Result<bool> is_there(Repository& repository, const RefMove& wanted) {
  if (!wanted.from.empty()) {
    DAVIT_TRY(const auto now, repository.resolve(wanted.ref));
    return now == wanted.from;
  }
  // Also a ref whose commit is missing is one.
  DAVIT_TRY(const auto known, repository.refs(wanted.ref));
  return known.empty();
}

Outcome write_reflog(const Repository& repository, const RefMove& wanted) {
  const auto file = fmt::format("{}/logs/{}", repository.common_directory(), wanted.ref);
  std::error_code told_by_open;
  std::filesystem::create_directories(std::filesystem::path(file).parent_path(), told_by_open);
  const Descriptor log(open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (!log.open()) return file_error("write", file, errno);
  // A moment of 0 is none to git.
  const auto at = std::chrono::floor<std::chrono::seconds>(wanted.at.time_since_epoch()).count();
  const auto line =
      fmt::format("{} {} {} <{}> {} +0000\t{}\n", wanted.from.empty() ? kNone : wanted.from,
                  wanted.to, wanted.email, wanted.email, std::max<std::int64_t>(at, 1), wanted.why);
  std::string_view rest = line;
  while (!rest.empty())
    if (write_some(log, rest) == Flow::ended) return file_error("write", file, errno);
  return Done{};
}

}  // namespace

Result<Moved> move_ref(Repository& repository, const RefMove& wanted, bool sync) {
  DAVIT_TRY(const auto lock, RefLock::take(repository, wanted.ref, wanted.to, sync));
  if (!lock) return Moved::locked;
  DAVIT_TRY(const bool there, is_there(repository, wanted));
  if (!there) return Moved::elsewhere;
  DAVIT_CHECK(write_reflog(repository, wanted));
  DAVIT_CHECK(lock->move());
  return Moved::yes;
}

}  // namespace davit
