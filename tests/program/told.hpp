// SPDX-License-Identifier: MIT
// A scratch repository with the definition web, whose steps leave a line each in a file, so that a
// story can count what was run.
//
//   Told told(R"(
//     [environments.dev]
//     deploy_on = "release"
//     steps = [{ run = "echo dev >> $DID" }])");
//   CHECK(told.davit({"create", "--deploy"}).status == 0);
//   CHECK(told.did() == "dev\n");
//
// Everybody at example.com is in group:team.
#pragma once

#include <string>

#include "tests/program/scratch.hpp"

namespace program {

class Told : public Scratch {
 public:
  explicit Told(const std::string& definition);

  // What the steps have left so far, in the order they left it.
  std::string did() const;
  // How often one of them left this line.
  int times(const std::string& line) const;
  // Waits until one has left it; fails the test case after a minute.
  void wait_for(const std::string& line) const;
  // Changes the repository's file `condition` and commits it: what a step looks at.
  void commit_condition(const std::string& text);

 private:
  std::string file_;
};

// How often this stands in a text.
int times(const std::string& text, const std::string& what);

// Whether this was said, on one stream or the other.
bool says(const Spoken&, const std::string& text);

}  // namespace program
