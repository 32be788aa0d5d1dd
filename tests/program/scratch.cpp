// SPDX-License-Identifier: MIT
#include "tests/program/scratch.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace program {

namespace {

namespace fs = std::filesystem;

// What of the real environment a program may see: how to find others, and the sanitizers' wishes.
const char* const kKept[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TMPDIR"};

void write_file(const fs::path& path, const std::string& text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  stream.close();
  REQUIRE_MESSAGE(stream.good(), "writing " << path.string());
}

}  // namespace

Words davit_command(const Words& arguments) {
  Words all = {DAVIT_PROGRAM};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

Scratch::Scratch() {
  char name[] = "/tmp/davit-story-XXXXXX";
  REQUIRE(mkdtemp(name) != nullptr);
  base_ = name;
  top_ = base_ + "/work";
  fs::create_directories(base_ + "/home");
  fs::create_directories(base_ + "/said");
  fs::create_directories(top_);
  for (const char* kept : kKept) {
    if (const char* value = std::getenv(kept)) variables_[kept] = value;
  }
  variables_["HOME"] = base_ + "/home";
  variables_["GIT_CONFIG_NOSYSTEM"] = "1";
  variables_["LC_ALL"] = "C.UTF-8";
  variables_["TZ"] = "UTC";
  as("alice@example.com");
  git({"init", "--quiet", "--initial-branch=main"});
}

Scratch::~Scratch() {
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(base_, ignored)) {
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
      fs::permissions(entry.path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    }
  }
  fs::remove_all(base_, ignored);
}

std::string Scratch::path(const std::string& relative) const {
  return relative.empty() ? top_ : top_ + "/" + relative;
}

Scratch& Scratch::as(const std::string& email) {
  const std::string person = email.substr(0, email.find('@'));
  const std::string file = base_ + "/home/gitconfig-" + person;
  write_file(file, "[user]\n\tname = " + person + "\n\temail = " + email + "\n");
  return set("GIT_CONFIG_GLOBAL", file);
}

Scratch& Scratch::in(const std::string& directory) {
  directory_ = directory;
  return *this;
}

Scratch& Scratch::set(const std::string& name, const std::string& value) {
  variables_[name] = value;
  if (value.empty()) variables_.erase(name);
  return *this;
}

void Scratch::write(const std::string& relative, const std::string& text, unsigned mode) {
  write_file(path(relative), text);
  REQUIRE(chmod(path(relative).c_str(), mode) == 0);
}

std::string Scratch::read(const std::string& relative) const {
  std::ifstream stream(path(relative), std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

bool Scratch::exists(const std::string& relative) const {
  std::error_code error;
  return fs::exists(fs::symlink_status(path(relative), error));
}

void Scratch::remove(const std::string& relative) {
  std::error_code error;
  fs::remove_all(path(relative), error);
}

void Scratch::copy_in(const std::string& from_source_tree) {
  std::error_code error;
  fs::copy(fs::path(DAVIT_SOURCE_DIR) / from_source_tree, top_, fs::copy_options::recursive, error);
  REQUIRE_MESSAGE(!error, from_source_tree << ": " << error.message());
}

std::string Scratch::git(const Words& arguments) {
  Words all = {"git"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  Spoken said = run(all);
  REQUIRE_MESSAGE(said.status == 0, "git " << arguments.front() << ": " << said.err);
  if (!said.out.empty() && said.out.back() == '\n') said.out.pop_back();
  return said.out;
}

std::string Scratch::commit(const std::string& message) {
  git({"add", "--all"});
  git({"commit", "--quiet", "--allow-empty", "--message", message});
  return git({"rev-parse", "HEAD"});
}

Spoken Scratch::davit(const Words& arguments, const std::string& input) {
  return run(davit_command(arguments), input);
}

Spoken Scratch::run(const Words& command, const std::string& input) {
  return start(command, input).wait();
}

Running Scratch::start_davit(const Words& arguments) { return start(davit_command(arguments)); }

Running Scratch::start(const Words& command, const std::string& input) {
  const std::string prefix = base_ + "/said/" + std::to_string(++started_);
  return Running({command, environment(), directory(), input, prefix});
}

std::vector<std::string> Scratch::environment() const {
  std::vector<std::string> all;
  for (const auto& [name, value] : variables_) all.push_back(name + "=" + value);
  return all;
}

std::string Scratch::directory() const { return path(directory_); }

}  // namespace program
