// SPDX-License-Identifier: MIT
// A folder for this process alone, among the system's temporary ones; gone with its object.
#pragma once

#include <string>
#include <utility>

#include "definitions/result.hpp"

namespace davit {

class ScratchFolder {
 public:
  static Result<ScratchFolder> make();
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();

  const std::string& path() const { return path_; }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace davit
