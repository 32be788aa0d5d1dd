// SPDX-License-Identifier: MIT
#include "core/ssh/windows_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/artifacts/tar_entry.hpp"
#include "core/ssh/windows_words.hpp"

namespace davit {

namespace {

std::string with_backslashes(std::string path) {
  std::replace(path.begin(), path.end(), '/', '\\');
  return path;
}

}  // namespace

std::string windows_list(const Parcel& parcel) {
  auto out = fmt::format("{}\n", parcel.others.size);
  for (const auto& folder : parcel.folders)
    if (!folder.path.empty()) out += fmt::format("d {}\n", with_backslashes(folder.path));
  for (const auto& file : parcel.files) {
    const auto blocks = in_tar_blocks(file.size);
    out += fmt::format("f {} {} {} {} {}\n", file.tar.size - blocks, file.size, blocks - file.size,
                       file.digest.hex, with_backslashes(file.path));
  }
  return out;
}

std::string unfit_tree(const Parcel& parcel) {
  if (!parcel.links.empty()) return fmt::format("it has the symlink {}", parcel.links.front().path);
  std::map<std::string, std::string> seen;
  const auto unfit = [&](const std::string& path) -> std::string {
    if (!is_windows_path(path)) return fmt::format("Windows can't have {}", path);
    const auto [other, is_new] = seen.emplace(upper_case(path), path);
    return is_new ? "" : fmt::format("to Windows, {} and {} are one", other->second, path);
  };
  for (const auto& folder : parcel.folders)
    if (auto why = folder.path.empty() ? "" : unfit(folder.path); !why.empty()) return why;
  for (const auto& file : parcel.files)
    if (auto why = unfit(file.path); !why.empty()) return why;
  return "";
}

}  // namespace davit
