// SPDX-License-Identifier: MIT
#include "core/git/tree.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/digest/digest.hpp"
#include "definitions/ascii.hpp"

namespace davit {

namespace {

constexpr std::size_t kRawId = 20;  // bytes of a SHA-1

void append_raw(std::string& bytes, std::string_view id) {
  const auto value = [&](std::size_t at) { return ascii::kHexadecimal.find(id[at]); };
  for (std::size_t i = 0; i + 1 < id.size(); i += 2)
    bytes += static_cast<char>(value(i) << 4 | value(i + 1));
}

std::string_view mode(const TreeEntry& entry) {
  if (entry.is_tree) return "40000";
  if (entry.is_link) return "120000";
  if (entry.is_submodule) return "160000";
  return entry.is_executable ? "100755" : "100644";
}

// git sorts a folder as if its name ended in a slash.
bool before(const TreeEntry& a, const TreeEntry& b) {
  const auto common = std::min(a.name.size(), b.name.size());
  if (const int order = a.name.compare(0, common, b.name, 0, common); order != 0) return order < 0;
  const auto next = [&](const TreeEntry& entry) {
    if (entry.name.size() > common) return static_cast<unsigned char>(entry.name[common]);
    return static_cast<unsigned char>(entry.is_tree ? '/' : '\0');
  };
  return next(a) < next(b);
}

}  // namespace

std::optional<std::vector<TreeEntry>> parse_tree(std::string_view bytes) {
  std::vector<TreeEntry> entries;
  while (!bytes.empty()) {
    const auto space = bytes.find(' ');
    const auto nul = bytes.find('\0');
    if (space == std::string_view::npos || nul == std::string_view::npos || nul < space ||
        bytes.size() - nul - 1 < kRawId)
      return std::nullopt;
    const auto kind = bytes.substr(0, space);
    entries.push_back({std::string(bytes.substr(space + 1, nul - space - 1)),
                       ascii::in_hexadecimal(bytes.substr(nul + 1, kRawId)), kind == "40000",
                       kind == "120000", kind == "100755", kind == "160000"});
    bytes.remove_prefix(nul + 1 + kRawId);
  }
  return entries;
}

std::string tree_bytes(std::vector<TreeEntry> entries) {
  std::sort(entries.begin(), entries.end(), before);
  std::string bytes;
  for (const auto& entry : entries) {
    bytes.append(mode(entry)).append(1, ' ').append(entry.name).append(1, '\0');
    append_raw(bytes, entry.id);
  }
  return bytes;
}

std::string object_id(std::string_view type, std::string_view bytes) {
  std::string object = fmt::format("{} {}", type, bytes.size());
  object.append(1, '\0').append(bytes);
  return sha1(object);
}

}  // namespace davit
