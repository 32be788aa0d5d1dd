// SPDX-License-Identifier: MIT
// A real git repository in a temporary folder, with nothing of the user's configuration.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "core/process/process.hpp"
#include "tests/world/temporary_folder.hpp"

namespace davit {

class GitProject {
 public:
  GitProject() {
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    git({"init", "-q", "-b", "main"});
    git({"config", "user.email", "alice@example.com"});
    git({"config", "user.name", "Alice"});
  }

  const TemporaryFolder& folder() const { return folder_; }
  std::string write(const std::string& path, const std::string& bytes) const {
    return folder_.write(path, bytes);
  }

  // What git prints, without the newline at its end.
  std::string git(const std::vector<std::string>& arguments) const {
    Invocation command{{"git"}};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.directory = folder_.path();
    auto said = run(command);
    REQUIRE(said);
    REQUIRE_MESSAGE(said->status == 0, said->errors);
    if (said->output.ends_with('\n')) said->output.pop_back();
    return said->output;
  }

  // Commits everything; the commit's id.
  std::string commit(const std::string& message) const {
    git({"add", "-A"});
    git({"commit", "-q", "--allow-empty", "-m", message});
    return git({"rev-parse", "HEAD"});
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace davit
