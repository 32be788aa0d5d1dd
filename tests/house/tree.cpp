// SPDX-License-Identifier: MIT
#include "tests/house/tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace house {

namespace {

namespace fs = std::filesystem;

const char* const kFolders[] = {".ci",         "cli",      "completions", "core",
                                "definitions", "examples", "script",      "tests"};

bool made_by_machine(const std::string& path) {
  return path.find("/corpus/") != std::string::npos || path.find("/golden/") != std::string::npos ||
         path.find("__pycache__") != std::string::npos;
}

File read(const fs::path& top, const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream bytes;
  bytes << stream.rdbuf();
  File file{.path = fs::relative(path, top).generic_string()};
  std::string line;
  while (std::getline(bytes, line)) file.lines.push_back(line);
  const std::string all = bytes.str();
  file.ends_with_newline = all.empty() || all.back() == '\n';
  const auto mode = fs::status(path).permissions();
  file.executable = (mode & fs::perms::owner_exec) != fs::perms::none;
  return file;
}

std::vector<File> read_all() {
  const fs::path top = DAVIT_SOURCE_DIR;
  std::vector<File> found;
  for (const auto& entry : fs::directory_iterator(top)) {
    if (entry.is_regular_file()) found.push_back(read(top, entry.path()));
  }
  for (const char* folder : kFolders) {
    if (!fs::exists(top / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(top / folder)) {
      const std::string path = entry.path().string();
      if (entry.is_regular_file() && !made_by_machine(path)) found.push_back(read(top, path));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return found;
}

}  // namespace

std::string File::floor() const { return path.substr(0, path.find('/')); }

std::string File::extension() const { return fs::path(path).extension().string(); }

bool File::code() const { return extension() == ".cpp" || extension() == ".hpp"; }

bool File::below(const std::string& folder) const { return path.rfind(folder + "/", 0) == 0; }

const std::vector<File>& files() {
  static const std::vector<File> all = read_all();
  return all;
}

std::vector<std::string> top() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(DAVIT_SOURCE_DIR)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Include> includes(const File& file) {
  std::vector<Include> found;
  int number = 0;
  for (const std::string& line : file.lines) {
    ++number;
    if (line.rfind("#include", 0) != 0) continue;
    const auto open = line.find_first_of("\"<");
    const auto close = open == std::string::npos ? open : line.find_first_of("\">", open + 1);
    if (close == std::string::npos) continue;
    found.push_back({line.substr(open + 1, close - open - 1), line[open] == '"', number});
  }
  return found;
}

std::string at(const File& file, int line) { return file.path + ":" + std::to_string(line); }

}  // namespace house
