// SPDX-License-Identifier: MIT
// A folder under /tmp for one story; removed afterwards.
#pragma once

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace davit {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    char name[] = "/tmp/davit-world-XXXXXX";
    REQUIRE(mkdtemp(name) != nullptr);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }
  std::string path(const std::string& relative) const { return path_ + "/" + relative; }

  // Makes the folders above; gives the path.
  std::string write(const std::string& relative, const std::string& bytes) const {
    const auto full = path(relative);
    std::filesystem::create_directories(std::filesystem::path(full).parent_path());
    std::ofstream(full, std::ios::binary) << bytes;
    return full;
  }
  std::string read(const std::string& relative) const {
    std::ifstream file(path(relative), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool exists(const std::string& relative) const {
    struct stat status {};
    return lstat(path(relative).c_str(), &status) == 0;
  }
  unsigned mode(const std::string& relative) const {
    struct stat status {};
    REQUIRE(lstat(path(relative).c_str(), &status) == 0);
    return status.st_mode & 07777;
  }
  // Names in a folder, hidden ones too.
  std::vector<std::string> names(const std::string& relative = "") const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path(relative)))
      found.push_back(entry.path().filename().string());
    return found;
  }

 private:
  std::string path_;
};

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace davit
