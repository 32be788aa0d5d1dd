// SPDX-License-Identifier: MIT
// A folder of its own for a test, with real git in it that knows nothing of this machine's user.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/process/process.hpp"

namespace davit::tests {

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // The folder's own path, or that of something in it.
  std::string path(const std::string& name = "") const;
  // Writes a file and makes the folders above it.
  void write(const std::string& name, const std::string& bytes) const;
  std::string read(const std::string& name) const;

  // `git -C <name> …`: what it printed, without the last line break. Must succeed.
  std::string git(const std::string& name, std::vector<std::string> arguments,
                  const std::string& input = "") const;
  // A repository of this name with one commit, "first", of the file "greeting".
  void repository(const std::string& name) const;

 private:
  std::filesystem::path root_;
};

}  // namespace davit::tests
