// SPDX-License-Identifier: MIT
// A person's machine in a temporary directory: a home of its own and a git repository in it, with
// nothing of the real user's. Removed afterwards, whatever happened.
//
//   Scratch scratch;
//   scratch.write(".davit/definitions/web.toml", kWeb);
//   scratch.commit("web: how it is released");
//   CHECK(scratch.davit({"check"}).status == 0);
//   scratch.as("bob@example.com").davit({"approve", "web/1", "production", "--yes"});
//
// Whatever a story can't be told without (git, a program that does not start or never ends) fails
// the test case at once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/program/running.hpp"

namespace program {

using Words = std::vector<std::string>;

class Scratch {
 public:
  Scratch();  // an empty repository, branch main, alice@example.com at the keyboard
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // The top of the repository, and a path in it.
  const std::string& top() const { return top_; }
  std::string path(const std::string& relative) const;

  // From now on: who git says one is; where commands start (relative to the top); one more
  // variable of the environment (an empty value takes it away).
  Scratch& as(const std::string& email);
  Scratch& in(const std::string& directory);
  Scratch& set(const std::string& name, const std::string& value);

  // Writing makes the folders above.
  void write(const std::string& relative, const std::string& text, unsigned mode = 0644);
  std::string read(const std::string& relative) const;  // empty where there is no such file
  bool exists(const std::string& relative) const;
  void remove(const std::string& relative);
  // Copies a folder of davit's own repository to the top: "examples/quickstart".
  void copy_in(const std::string& from_source_tree);

  // What git prints, without the last newline.
  std::string git(const Words& arguments);
  // Adds and commits everything; the full id.
  std::string commit(const std::string& message);

  // The real program, or any other, with no terminal: to its end, or started only.
  Spoken davit(const Words& arguments, const std::string& input = "");
  Spoken run(const Words& command, const std::string& input = "");
  Running start_davit(const Words& arguments);
  Running start(const Words& command, const std::string& input = "");

  // For whoever starts programs here in another way (Terminal).
  std::vector<std::string> environment() const;  // "NAME=value"
  std::string directory() const;

 private:
  std::string base_;
  std::string top_;
  std::string directory_;
  std::map<std::string, std::string> variables_;
  int started_ = 0;
};

// The program's arguments with the program before them.
Words davit_command(const Words& arguments);

}  // namespace program
