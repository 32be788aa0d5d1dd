// SPDX-License-Identifier: MIT
#include "tests/world/scratch.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <fstream>
#include <sstream>

namespace davit::tests {

namespace {

// Whoever runs the tests may do so from a hook, or with settings of their own.
void forget_this_machines_git() {
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
                           "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_COMMON_DIR"})
    unsetenv(name);
  setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
  setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
  for (const char* who : {"AUTHOR", "COMMITTER"}) {
    setenv(("GIT_" + std::string(who) + "_NAME").c_str(), "Alice", 1);
    setenv(("GIT_" + std::string(who) + "_EMAIL").c_str(), "alice@example.com", 1);
  }
}

}  // namespace

Scratch::Scratch() {
  forget_this_machines_git();
  std::string made = std::filesystem::temp_directory_path() / "davit-test-XXXXXX";
  REQUIRE(mkdtemp(made.data()) != nullptr);
  root_ = std::filesystem::canonical(made);
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

std::string Scratch::path(const std::string& name) const {
  return name.empty() ? root_.string() : (root_ / name).string();
}

void Scratch::write(const std::string& name, const std::string& bytes) const {
  std::filesystem::create_directories((root_ / name).parent_path());
  std::ofstream(root_ / name, std::ios::binary) << bytes;
}

std::string Scratch::read(const std::string& name) const {
  std::stringstream bytes;
  bytes << std::ifstream(root_ / name, std::ios::binary).rdbuf();
  return bytes.str();
}

std::string Scratch::git(const std::string& name, std::vector<std::string> arguments,
                         const std::string& input) const {
  arguments.insert(arguments.begin(), {"git", "-C", path(name)});
  Invocation command{arguments};
  command.input = input;
  auto said = run(command);
  REQUIRE_MESSAGE(said.has_value(), said.error().message);
  REQUIRE_MESSAGE(said->status == 0, said->errors);
  auto printed = said->output;
  if (!printed.empty() && printed.back() == '\n') printed.pop_back();
  return printed;
}

void Scratch::repository(const std::string& name) const {
  git("", {"init", "--quiet", "--initial-branch=main", path(name)});
  write(name + "/greeting", "hello\n");
  git(name, {"add", "greeting"});
  git(name, {"commit", "--quiet", "-m", "first"});
}

}  // namespace davit::tests
