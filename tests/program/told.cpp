// SPDX-License-Identifier: MIT
#include "tests/program/told.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <sstream>
#include <thread>

namespace program {

Told::Told(const std::string& definition) {
  set("DID", path(".git/did"));
  write(".davit/definitions/web.toml", definition);
  write(".davit/team.toml", "[groups]\nteam = [\"*@example.com\"]\n");
  commit_condition("good");
}

std::string Told::did() const { return read(".git/did"); }

int Told::times(const std::string& line) const {
  std::istringstream lines(did());
  int count = 0;
  for (std::string one; std::getline(lines, one);) count += one == line;
  return count;
}

void Told::wait_for(const std::string& line) const {
  constexpr auto kPause = std::chrono::milliseconds(5);
  for (auto left = std::chrono::minutes(1) / kPause; left > 0; --left) {
    if (times(line) > 0) return;
    std::this_thread::sleep_for(kPause);
  }
  FAIL("no step left '" << line << "'; there is:\n" << did());
}

void Told::commit_condition(const std::string& text) {
  write("condition", text + "\n");
  commit("condition: " + text);
}

int times(const std::string& text, const std::string& what) {
  int count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

bool says(const Spoken& said, const std::string& text) {
  return said.out.find(text) != std::string::npos || said.err.find(text) != std::string::npos;
}

}  // namespace program
