// SPDX-License-Identifier: MIT
// The source tree as text: what the house's rules are read from.
#pragma once

#include <string>
#include <vector>

namespace house {

struct File {
  std::string path;                // from the top: "core/git/repository.hpp"
  std::vector<std::string> lines;  // without newlines
  bool executable = false;
  bool ends_with_newline = true;

  // "cli", "core", "definitions", "tests", "script", …; the file's own name at the top.
  std::string floor() const;
  std::string extension() const;  // ".cpp"; empty where there is none
  bool code() const;              // C++
  bool below(const std::string& folder) const;
};

struct Include {
  std::string path;    // what stands between the quotes or brackets
  bool quoted = true;  // "…" rather than <…>
  int line = 0;
};

// Every file of the repository that people write: not build/, not .git/, nothing binary.
const std::vector<File>& files();

// Names of what stands at the top of the repository.
std::vector<std::string> top();

std::vector<Include> includes(const File&);

// "core/git/repository.hpp:12", for a message.
std::string at(const File&, int line);

}  // namespace house
