// SPDX-License-Identifier: MIT
#include "core/artifacts/inside.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace davit {

namespace {

constexpr std::size_t kLongestPath = 4095;  // PATH_MAX: nobody could open it afterwards
constexpr std::size_t kDeepest = 255;
constexpr std::size_t kShown = 200;

std::string printable(std::string_view text) {
  std::string out(text.substr(0, kShown));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return (c >= 0 && c < 32) || c == 127; }, '?');
  return text.size() > kShown ? out + "…" : out;
}

Error refused(const ArchiveEntry& entry, std::string_view why) {
  return {fmt::format("{} {}", named(entry), why),
          "nothing was unpacked; make the archive of plain files with paths inside it"};
}

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const auto part = path.substr(0, path.find('/'));
    if (!part.empty() && part != ".") parts.emplace_back(part);
    path.remove_prefix(std::min(part.size() + 1, path.size()));
  }
  return parts;
}

Result<std::vector<std::string>> below_top(const ArchiveEntry& entry, const std::string& path,
                                           std::string_view what) {
  if (path.starts_with('/')) return refused(entry, fmt::format("{}is absolute", what));
  if (path.size() > kLongestPath) return refused(entry, fmt::format("{}is too long", what));
  auto parts = parts_of(path);
  if (std::find(parts.begin(), parts.end(), "..") != parts.end())
    return refused(entry, fmt::format("{}leads out of it (..)", what));
  if (parts.size() > kDeepest) return refused(entry, fmt::format("{}is too deep", what));
  return parts;
}

}  // namespace

std::string named(const ArchiveEntry& entry) {
  return fmt::format("entry {} of the archive", printable(entry.path));
}

Result<std::vector<std::string>> inside(const ArchiveEntry& entry) {
  return below_top(entry, entry.path, "");
}

Result<std::vector<std::string>> link_target(const ArchiveEntry& entry) {
  return below_top(entry, entry.target,
                   fmt::format("is a hard link to {}, which ", printable(entry.target)));
}

Outcome stays_inside(const ArchiveEntry& entry, const std::vector<std::string>& path) {
  const auto out = fmt::format("is a symlink to {}, which leads out of it or can't be told",
                               printable(entry.target));
  if (entry.target.empty() || entry.target.starts_with('/')) return refused(entry, out);
  const auto parts = parts_of(entry.target);
  const auto down =
      std::find_if(parts.begin(), parts.end(), [](const auto& part) { return part != ".."; });
  const auto up = static_cast<std::size_t>(down - parts.begin());
  if (up >= path.size() || std::find(down, parts.end(), "..") != parts.end())
    return refused(entry, out);
  return Done{};
}

Outcome ordinary(const ArchiveEntry& entry) {
  switch (entry.kind) {
    case ArchiveEntry::Kind::device:
      return refused(entry, "is a device");
    case ArchiveEntry::Kind::pipe:
      return refused(entry, "is a named pipe");
    case ArchiveEntry::Kind::socket:
      return refused(entry, "is a socket");
    case ArchiveEntry::Kind::file:
      if ((entry.mode & 06000) != 0) return refused(entry, "is set-user-id or set-group-id");
      return Done{};
    default:
      return Done{};
  }
}

}  // namespace davit
