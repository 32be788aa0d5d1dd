// SPDX-License-Identifier: MIT
#include "core/artifacts/matches.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "definitions/name.hpp"

namespace davit {

namespace {

namespace fs = std::filesystem;

bool open_ended(const std::string& part) {
  return part.find_first_of("*?[\\") != std::string::npos;
}

std::vector<std::string> pattern_parts(std::string_view pattern) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= pattern.size();) {
    const auto stop = std::min(pattern.find('/', at), pattern.size());
    if (stop > at) parts.emplace_back(pattern.substr(at, stop - at));
    at = stop + 1;
  }
  return parts;
}

bool fits(const std::string& part, const std::string& name) {
  return (!name.starts_with('.') || part.starts_with('.')) && glob_matches(part, name);
}

class Walk {
 public:
  Walk(std::vector<std::string> parts, fs::path folder)
      : parts_(std::move(parts)), folder_(std::move(folder)) {}

  // `path` is written as the pattern is, and `next` is the part that comes behind it.
  void from(const fs::path& path, std::size_t next) {
    std::error_code error;
    if (next == parts_.size()) {
      if (fs::is_regular_file(folder_ / path, error)) found_.push_back(path.string());
    } else if (parts_[next] == "**") {
      from(path, next + 1);
      for (const auto& name : names(path))
        if (!name.starts_with('.') && fs::is_directory(fs::symlink_status(folder_ / path / name)))
          from(path / name, next);
    } else if (!open_ended(parts_[next])) {
      if (fs::exists(folder_ / path / parts_[next], error)) from(path / parts_[next], next + 1);
    } else {
      for (const auto& name : names(path))
        if (fits(parts_[next], name)) from(path / name, next + 1);
    }
  }

  std::vector<std::string> found() {
    std::sort(found_.begin(), found_.end());
    std::map<std::string, std::string> by_file;
    for (const auto& path : found_) {
      std::error_code error;
      const auto file = fs::canonical(folder_ / path, error).string();
      const bool own = fs::path(file).filename() == fs::path(path).filename();
      if (auto [at, fresh] = by_file.emplace(file, path); !fresh && own) at->second = path;
    }
    std::vector<std::string> files;
    for (auto& [file, path] : by_file) files.push_back(std::move(path));
    std::sort(files.begin(), files.end());
    return files;
  }

 private:
  std::vector<std::string> names(const fs::path& path) const {
    std::vector<std::string> all;
    std::error_code error;
    const auto folder = (folder_ / path).empty() ? fs::path(".") : folder_ / path;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
      all.push_back(entry->path().filename().string());
    return all;
  }

  std::vector<std::string> parts_;
  fs::path folder_;
  std::vector<std::string> found_;
};

}  // namespace

Matches matching_files(std::string_view pattern, const std::string& folder) {
  const auto parts = pattern_parts(pattern);
  const fs::path start = pattern.starts_with('/') ? "/" : "";
  auto searched = start;
  for (std::size_t i = 0; i + 1 < parts.size() && !open_ended(parts[i]); ++i) searched /= parts[i];
  Walk walk(parts, folder);
  if (!parts.empty()) walk.from(start, 0);
  std::error_code error;
  return {walk.found(), searched.empty() ? "." : searched.string(),
          fs::is_directory(fs::path(folder) / searched, error)};
}

}  // namespace davit
