// SPDX-License-Identifier: MIT
#include "tests/commands/workplace.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace davit {

namespace {

// The real environment is the child's: git must find nobody's settings in it.
void isolate(const std::string& home) {
  setenv("HOME", home.c_str(), 1);
  setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
  setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
  for (const char* who : {"GIT_AUTHOR", "GIT_COMMITTER"}) {
    setenv((std::string(who) + "_NAME").c_str(), "Alice", 1);
    setenv((std::string(who) + "_EMAIL").c_str(), "alice@example.com", 1);
    setenv((std::string(who) + "_DATE").c_str(), "2026-11-22T14:00:00Z", 1);
  }
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}) unsetenv(name);
}

}  // namespace

Workplace::Workplace() {
  std::string name = "/tmp/davit-test-XXXXXX";
  REQUIRE(mkdtemp(name.data()) != nullptr);
  folder_ = name;
  isolate(folder_);
}

Workplace::~Workplace() {
  std::error_code trouble;
  std::filesystem::remove_all(folder_, trouble);
}

void Workplace::write(const std::string& name, const std::string& text) const {
  const std::filesystem::path file = path(name);
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::string Workplace::read(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(path(name), std::ios::binary).rdbuf();
  return text.str();
}

std::string Workplace::git(const std::string& arguments) const {
  const std::string command = "cd " + folder_ + " && git " + arguments + " 2>&1";
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) output += static_cast<char>(c);
  INFO(command, "\n", output);
  CHECK(pclose(pipe) == 0);
  return output;
}

ExitStatus Workplace::run(const std::vector<std::string>& words) {
  const Settings before = desk.desk.settings;
  desk.desk.settings.directory = folder_;
  const ExitStatus status = davit::run(words, desk.desk);
  desk.desk.settings = before;
  return status;
}

std::string Workplace::told() {
  std::string text = desk.told();
  for (std::size_t at = 0; (at = text.find(folder_, at)) != std::string::npos;)
    text.replace(at, folder_.size(), "DIR");
  return text;
}

}  // namespace davit
