// SPDX-License-Identifier: MIT
#include "core/runner/link.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGone = ".davit-gone-";  // on its way out

Error cannot(const std::string& what, const std::string& path, int number) {
  return {fmt::format("can't {} {}: {}", what, path, std::strerror(number))};
}

// Its numbers as #.
std::string shape(const std::string& name) {
  std::string out;
  for (const char c : name)
    if (!ascii::digit(c) || !out.ends_with('#')) out += ascii::digit(c) ? '#' : c;
  return out;
}

bool hexadecimal_id(const std::string& name) {
  return name.size() >= 7 && name.size() <= 64 && ascii::hexadecimal(name);
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

struct Sibling {
  std::string name;
  std::int64_t made = 0;
};

bool later(const Sibling& a, const Sibling& b) {
  if (a.made != b.made) return a.made > b.made;
  return a.name.size() != b.name.size() ? a.name.size() > b.name.size() : a.name > b.name;
}

// Directories beside `to` of its shape, the last made first.
std::vector<Sibling> siblings(const fs::path& to) {
  std::vector<Sibling> out;
  std::error_code error;
  for (fs::directory_iterator it(to.parent_path(), error), end; !error && it != end;
       it.increment(error)) {
    const auto name = it->path().filename().string();
    if (it->symlink_status(error).type() == fs::file_type::directory &&
        same_shape(name, to.filename().string()))
      out.push_back({name, made(it->path().string())});
  }
  std::sort(out.begin(), out.end(), later);
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
  // A relative link starts where it stands.
  const auto before = (fs::path(wanted.link).parent_path() / switched.before).lexically_normal();
  sweep(to.parent_path());
  int kept = 0;
  for (const auto& sibling : siblings(to)) {
    const auto path = to.parent_path() / sibling.name;
    const bool held = path == to || (!switched.before.empty() && path == before);
    if (++kept <= wanted.keep || held) continue;
    const auto trouble = clear(to.parent_path(), sibling.name);
    if (trouble.empty())
      switched.removed.push_back(sibling.name);
    else
      switched.trouble = trouble;
  }
}

Result<std::string> what_it_leads_to(const std::string& link) {
  std::error_code error;
  const auto type = fs::symlink_status(link, error).type();
  if (type == fs::file_type::not_found) return std::string();
  if (type != fs::file_type::symlink)
    return Error{fmt::format("{} is not a symlink, and is left as it is", link),
                 "move it away; davit makes the link"};
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

std::string without_last_slash(std::string path) {
  path = fs::path(path).lexically_normal().string();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

bool same_shape(const std::string& a, const std::string& b) {
  if (hexadecimal_id(a) && hexadecimal_id(b) && a.size() == b.size()) return true;
  return shape(a) == shape(b) && shape(a).find('#') != std::string::npos;
}

Result<Switched> switch_link(const Switch& asked) {
  const Switch wanted{without_last_slash(asked.link), without_last_slash(asked.to), asked.keep};
  std::error_code error;
  if (!fs::exists(wanted.to, error))
    return Error{fmt::format("there is no {}; {} is left as it is", wanted.to, wanted.link),
                 "put it there first, with an upload step say"};
  DAVIT_TRY(auto before, what_it_leads_to(wanted.link));
  fs::create_directories(fs::path(wanted.link).parent_path(), error);
  DAVIT_CHECK(put_link(wanted.link, wanted.to));
  Switched switched{std::move(before), {}, {}};
  if (wanted.keep > 0) clear_old(wanted, switched);
  return switched;
}

}  // namespace davit
