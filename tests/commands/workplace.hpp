// SPDX-License-Identifier: MIT
// A folder of its own for a story, with a desk that acts there. Real files, real git.
#pragma once

#include <string>
#include <vector>

#include "cli/app.hpp"
#include "tests/commands/golden.hpp"

namespace davit {

class Workplace {
 public:
  Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace();

  DeskOnStrings desk;

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  void write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;
  // `git …` in the folder, as alice@example.com; a failed check when it fails. What it printed.
  std::string git(const std::string& arguments) const;

  // A command at the desk, in the folder.
  ExitStatus run(const std::vector<std::string>& words);
  // What it printed, with the folder's path as DIR.
  std::string told();

 private:
  std::string folder_;
};

}  // namespace davit
