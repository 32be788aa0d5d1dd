// SPDX-License-Identifier: MIT
// cli -> core -> definitions: the arrow never turns, and the pure part of core stays pure.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "tests/house/tree.hpp"

namespace {

using house::at;
using house::File;
using house::Include;

int height(const std::string& floor) {
  static const std::map<std::string, int> heights = {
      {"definitions", 0}, {"core", 1}, {"cli", 2}, {"tests", 3}};
  const auto found = heights.find(floor);
  return found == heights.end() ? -1 : found->second;
}

// Folders of core that do no input or output and ask no clock.
bool pure(const std::string& path) {
  if (path == "definitions/zone.cpp") return false;  // looks into the time zone database
  static const char* const folders[] = {"core/digest/", "core/events/", "core/state/",
                                        "core/policy/", "core/plan/",   "core/fleet/",
                                        "definitions/"};
  return std::any_of(std::begin(folders), std::end(folders),
                     [&](const char* folder) { return path.rfind(folder, 0) == 0; });
}

bool touches_the_world(const std::string& header) {
  static const std::set<std::string> headers = {
      "cstdio", "ctime",    "fcntl.h", "filesystem", "fstream",    "iostream",          "mutex",
      "random", "signal.h", "csignal", "stdio.h",    "sys/stat.h", "sys/types.h",       "thread",
      "time.h", "unistd.h", "uv.h",    "sys/wait.h", "sys/file.h", "condition_variable"};
  return headers.count(header) != 0;
}

}  // namespace

TEST_CASE("no include runs up a floor") {
  for (const File& file : house::files()) {
    if (!file.code() || height(file.floor()) < 0) continue;
    for (const Include& include : house::includes(file)) {
      if (!include.quoted) continue;
      CAPTURE(at(file, include.line));
      CAPTURE(include.path);
      const int there = height(include.path.substr(0, include.path.find('/')));
      CHECK_MESSAGE(there >= 0, "includes start at the root: floor/…");
      CHECK_MESSAGE(there <= height(file.floor()), "cli -> core -> definitions");
    }
  }
}

TEST_CASE("the pure part of core includes nothing of the other part") {
  for (const File& file : house::files()) {
    if (!file.code() || !pure(file.path)) continue;
    for (const Include& include : house::includes(file)) {
      CAPTURE(at(file, include.line));
      CAPTURE(include.path);
      if (include.quoted) CHECK(pure(include.path));
      if (!include.quoted) CHECK_FALSE(touches_the_world(include.path));
    }
  }
}

TEST_CASE("a source file includes its own header first, so that the header compiles alone") {
  std::set<std::string> headers;
  for (const File& file : house::files()) {
    if (file.extension() == ".hpp") headers.insert(file.path);
  }
  for (const File& file : house::files()) {
    if (file.extension() != ".cpp") continue;
    const std::string own = file.path.substr(0, file.path.size() - 4) + ".hpp";
    if (headers.count(own) == 0) continue;
    CAPTURE(file.path);
    const auto all = house::includes(file);
    REQUIRE(!all.empty());
    CHECK(all.front().path == own);
  }
}

TEST_CASE("only cli prints and reads the environment") {
  static const std::string words[] = {"getenv(", "std::cout", "std::cerr", " printf(",
                                      "fmt::print("};
  for (const File& file : house::files()) {
    if (!file.code() || (file.floor() != "core" && file.floor() != "definitions")) continue;
    if (file.below("core/process")) continue;  // hands the environment on
    if (file.below("core/secrets")) continue;  // secret = "env:NAME" is asked for here
    int number = 0;
    for (const std::string& line : file.lines) {
      ++number;
      for (const std::string& word : words) {
        CAPTURE(at(file, number));
        CHECK_MESSAGE(line.find(word) == std::string::npos, word);
      }
    }
  }
}
