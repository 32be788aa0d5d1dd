// SPDX-License-Identifier: MIT
#include "core/runner/link.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace davit {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGone = ".davit-gone-";  // on its way out

Error cannot(const std::string& what, const std::string& path, int number) {
  return {fmt::format("can't {} {}: {}", what, path, std::strerror(number))};
}

// When it was made, in nanoseconds; when it was changed, where the file system does not know. The
// time that an archive gave it says nothing about when it came here.
std::int64_t made(const std::string& path) {
  struct statx status {};
  if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BTIME | STATX_MTIME, &status) != 0)
    return 0;
  const auto& time = (status.stx_mask & STATX_BTIME) != 0 ? status.stx_btime : status.stx_mtime;
  return time.tv_sec * 1000000000 + time.tv_nsec;
}

std::vector<Sibling> siblings(const fs::path& to) {
  std::vector<Sibling> out;
  std::error_code error;
  for (fs::directory_iterator it(to.parent_path(), error), end; !error && it != end;
       it.increment(error)) {
    const auto name = it->path().filename().string();
    if (it->symlink_status(error).type() == fs::file_type::directory)
      out.push_back({name, made(it->path().string())});
  }
  return out;
}

// First out of sight, so that what is half removed is never taken for a release.
std::string clear(const fs::path& parent, const std::string& name) {
  const auto gone = parent / (std::string(kGone) + name);
  std::error_code error;
  fs::rename(parent / name, gone, error);
  if (!error) fs::remove_all(gone, error);
  return error ? fmt::format("can't remove {}: {}", (parent / name).string(), error.message()) : "";
}

// What a davit that was killed had begun to remove.
void sweep(const fs::path& parent) {
  std::error_code error;
  std::vector<fs::path> gone;
  for (fs::directory_iterator it(parent, error), end; !error && it != end; it.increment(error))
    if (it->path().filename().string().starts_with(kGone)) gone.push_back(it->path());
  for (const auto& path : gone) fs::remove_all(path, error);
}

void clear_old(const Switch& wanted, Switched& switched) {
  const fs::path to(wanted.to);
  sweep(to.parent_path());
  for (const auto& name : outdated(wanted, {switched.before}, siblings(to))) {
    const auto trouble = clear(to.parent_path(), name);
    if (trouble.empty())
      switched.removed.push_back(name);
    else
      switched.trouble = trouble;
  }
}

Result<std::string> what_it_leads_to(const std::string& link) {
  std::error_code error;
  const auto type = fs::symlink_status(link, error).type();
  if (type == fs::file_type::not_found) return std::string();
  if (type != fs::file_type::symlink) return no_symlink(link);
  const auto to = fs::read_symlink(link, error);
  if (error) return cannot("read", link, error.value());
  return to.string();
}

Outcome put_link(const std::string& link, const std::string& to) {
  const auto parent = fs::path(link).parent_path();
  const auto name = fs::path(link).filename().string();
  const auto aside = (parent / fmt::format(".{}.davit-{}", name, ::getpid())).string();
  ::unlink(aside.c_str());
  if (::symlink(to.c_str(), aside.c_str()) != 0) return cannot("make", aside, errno);
  if (::rename(aside.c_str(), link.c_str()) != 0) {
    const auto error = cannot("switch", link, errno);
    ::unlink(aside.c_str());
    return error;
  }
  const int folder = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return Done{};
}

}  // namespace

Result<Switched> switch_link(const Switch& asked) {
  const auto wanted = tidied(asked);
  std::error_code error;
  if (!fs::exists(wanted.to, error)) return nothing_there(wanted);
  DAVIT_TRY(auto before, what_it_leads_to(wanted.link));
  fs::create_directories(fs::path(wanted.link).parent_path(), error);
  DAVIT_CHECK(put_link(wanted.link, wanted.to));
  Switched switched{std::move(before), {}, {}};
  if (wanted.keep > 0) clear_old(wanted, switched);
  return switched;
}

}  // namespace davit
