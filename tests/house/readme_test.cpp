// SPDX-License-Identifier: MIT
// The README names only what there is: commands, files, and the two scripts to begin with.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/house/tree.hpp"

namespace {

using house::at;
using house::File;

const File& file(const std::string& path) {
  const auto& all = house::files();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const File& one) { return one.path == path; });
  REQUIRE(found != all.end());
  return *found;
}

std::vector<std::string> found(const std::string& line, const std::regex& what) {
  std::vector<std::string> out;
  for (std::sregex_iterator one(line.begin(), line.end(), what), end; one != end; ++one)
    out.push_back((*one)[1]);
  return out;
}

// The list in cli/commands.cpp as it is written, without what stands there as hidden.
std::set<std::string> commands() {
  const std::regex entry("([a-z]+)_command\\(\\)");
  std::set<std::string> out;
  for (const std::string& line : file("cli/commands.cpp").lines) {
    if (line.find("// hidden") != std::string::npos) continue;
    for (const std::string& name : found(line, entry)) out.insert(name);
  }
  return out;
}

// What a reader would type: the whole line inside a fence, `…` outside of it.
struct Typed {
  std::string text;
  int line = 0;
};

std::vector<Typed> typed() {
  const std::regex quoted("`([^`]+)`");
  std::vector<Typed> out;
  bool fenced = false;
  int number = 0;
  for (const std::string& line : file("README.md").lines) {
    ++number;
    if (line.rfind("```", 0) == 0) {
      fenced = !fenced;
    } else if (fenced) {
      out.push_back({line, number});
    } else {
      for (const std::string& text : found(line, quoted)) out.push_back({text, number});
    }
  }
  CHECK(!fenced);
  return out;
}

bool there(const std::string& path) {
  return std::filesystem::exists(std::filesystem::path(DAVIT_SOURCE_DIR) / path);
}

// The names in the first cells of the tables of a section, or in all cells.
std::set<std::string> listed(const std::string& section, bool first_cells) {
  const std::regex quoted("`(?:davit )?([a-z]+)`");
  std::set<std::string> out;
  bool inside = false;
  for (const std::string& line : file("README.md").lines) {
    if (line.rfind("## ", 0) == 0) inside = line == section;
    if (!inside || line.rfind("| ", 0) != 0) continue;
    const auto end = first_cells ? line.find(" | ") : line.size();
    for (const std::string& name : found(line.substr(0, end), quoted)) out.insert(name);
  }
  return out;
}

}  // namespace

TEST_CASE("the README begins with script/demo and script/test") {
  const std::regex script("(script/[a-z-]+)");
  std::vector<std::string> named;
  for (const Typed& one : typed())
    for (const std::string& name : found(one.text, script)) named.push_back(name);
  REQUIRE(named.size() >= 2);
  CHECK(named[0] == "script/demo");
  CHECK(named[1] == "script/test");
}

TEST_CASE("every command in the README is one of davit's") {
  const std::regex command("(?:^|[ $(\"])davit ([a-z]+)");
  const auto known = commands();
  REQUIRE(known.count("run") == 1);
  int seen = 0;
  for (const Typed& one : typed()) {
    for (const std::string& name : found(one.text, command)) {
      CAPTURE(at(file("README.md"), one.line));
      CHECK_MESSAGE(known.count(name) == 1, name);
      ++seen;
    }
  }
  CHECK(seen > 0);
}

TEST_CASE("every command stands in the README's list and among the records") {
  const auto reference = listed("## Commands", false);
  const auto records = listed("## Records", true);
  for (const std::string& name : commands()) {
    CHECK_MESSAGE(reference.count(name) == 1, name);
    const bool itself = name == "schema" || name == "completion" || name == "man";
    CHECK_MESSAGE((records.count(name) == 1) != itself, name);
  }
}

TEST_CASE("every file that the README names is there") {
  const std::regex path(
      "^((?:\\.ci|cli|completions|core|definitions|examples|script|tests)/[A-Za-z0-9_./-]*)");
  const std::regex link("\\]\\(([^)#:]+)\\)");
  int number = 0;
  for (const std::string& line : file("README.md").lines) {
    ++number;
    CAPTURE(number);
    for (const std::string& name : found(line, link)) CHECK_MESSAGE(there(name), name);
  }
  for (const Typed& one : typed()) {
    CAPTURE(one.line);
    for (const std::string& name : found(one.text, path)) CHECK_MESSAGE(there(name), name);
  }
}
