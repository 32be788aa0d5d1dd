// SPDX-License-Identifier: MIT
// What a file may hold, how long it may be, and what stands at the top.
#include <doctest/doctest.h>

#include <cctype>
#include <set>
#include <string>

#include "tests/house/tree.hpp"

namespace {

using house::at;
using house::File;

const std::string kLicence = "SPDX-License-Identifier: MIT";

bool is_script(const File& file) {
  return file.below("script") && !file.below("script/cmake") && file.path != "script/packages";
}

// Whether the word stands there by itself; mkdtemp's pattern, say, is none.
bool has_word(const std::string& line, const std::string& word) {
  const auto letter = [&](std::size_t at) {
    return at < line.size() && std::isalnum(static_cast<unsigned char>(line[at])) != 0;
  };
  for (auto at = line.find(word); at != std::string::npos; at = line.find(word, at + 1)) {
    if (!letter(at - 1) && !letter(at + word.size())) return true;
  }
  return false;
}

// The licence stands in the first line, or in the second below a #!.
bool licensed(const File& file) {
  for (std::size_t i = 0; i < file.lines.size() && i < 2; ++i) {
    if (file.lines[i].find(kLicence) != std::string::npos) return true;
    if (file.lines[i].rfind("#!", 0) != 0) return false;
  }
  return false;
}

}  // namespace

TEST_CASE("nothing unfinished is in the tree") {
  // In halves, or this file would be the first to fail.
  const std::string words[] = {std::string("TO") + "DO", std::string("FIX") + "ME",
                               std::string("XX") + "X"};
  for (const File& file : house::files()) {
    int number = 0;
    for (const std::string& line : file.lines) {
      ++number;
      for (const std::string& word : words) {
        CAPTURE(at(file, number));
        CHECK_MESSAGE(!has_word(line, word), word);
      }
    }
  }
}

TEST_CASE("code and scripts say their licence first") {
  for (const File& file : house::files()) {
    if (!file.code() && !is_script(file) && file.extension() != ".cmake") continue;
    CAPTURE(file.path);
    CHECK(licensed(file));
  }
}

TEST_CASE("a header begins with what it is") {
  for (const File& file : house::files()) {
    if (file.extension() != ".hpp" || file.lines.size() < 3) continue;
    CAPTURE(file.path);
    CHECK(file.lines[1].rfind("// ", 0) == 0);
  }
}

TEST_CASE("no file is longer than a person reads") {
  for (const File& file : house::files()) {
    if (!file.code()) continue;
    CAPTURE(file.path);
    CHECK(file.lines.size() <= (file.floor() == "tests" ? 500u : 400u));
  }
}

TEST_CASE("lines end as .editorconfig says") {
  for (const File& file : house::files()) {
    if (!file.code() && !is_script(file)) continue;
    CAPTURE(file.path);
    CHECK(file.ends_with_newline);
    int number = 0;
    for (const std::string& line : file.lines) {
      ++number;
      CAPTURE(number);
      const bool clean =
          line.empty() || (line.back() != ' ' && line.back() != '\t' && line.back() != '\r');
      CHECK(clean);
    }
  }
}

TEST_CASE("nothing is called util") {
  for (const File& file : house::files()) {
    CAPTURE(file.path);
    CHECK(file.path.find("util") == std::string::npos);
    CHECK(file.path.find("helper") == std::string::npos);
  }
}

TEST_CASE("no text becomes a shell's without anybody noticing") {
  for (const File& file : house::files()) {
    if (!file.code() || file.floor() == "tests") continue;
    int number = 0;
    for (const std::string& line : file.lines) {
      ++number;
      CAPTURE(at(file, number));
      CHECK(line.find("popen(") == std::string::npos);
      CHECK(line.find(" system(") == std::string::npos);
    }
  }
}

TEST_CASE("scripts can be run") {
  for (const File& file : house::files()) {
    if (!is_script(file) && !file.below(".ci")) continue;
    CAPTURE(file.path);
    CHECK(file.executable);
    REQUIRE(!file.lines.empty());
    CHECK(file.lines.front().rfind("#!/", 0) == 0);
  }
}

TEST_CASE("nothing else stands at the top") {
  const std::set<std::string> known = {
      "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE",     "cli",    "core",
      "definitions",    "examples",          "tests",     "completions", "script", "build"};
  for (const std::string& name : house::top()) {
    CAPTURE(name);
    const bool expected = name.front() == '.' || known.count(name) != 0 ||
                          name == "compile_commands.json";  // an editor's, ignored by git
    CHECK(expected);
  }
}
