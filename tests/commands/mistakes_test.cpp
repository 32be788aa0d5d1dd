// SPDX-License-Identifier: MIT
// Mistakes, as `davit check` shows them.
#include "cli/mistakes.hpp"

#include <doctest/doctest.h>

namespace davit {

namespace {

std::string shown(const std::string& source, const Mistake& mistake) {
  return mistakes_text({mistake}, {{mistake.place.file, source}}, Style{});
}

}  // namespace

TEST_CASE("a mistake is underlined where it stands") {
  CHECK(shown("[a]\r\n  need = [\"staging\"]\r\n",
              {{"storefront.toml", 2, 3}, "unknown key 'need'", "did you mean 'needs'?", 4}) ==
        "storefront.toml:2:3: error: unknown key 'need'\n"
        "    2 |   need = [\"staging\"]\n"
        "      |   ^^^^ did you mean 'needs'?\n");
}

TEST_CASE("columns count characters, and the underline stands below wide ones") {
  CHECK(shown("\t日本 = x", {{"a.toml", 1, 7}, "no", "", 1}) ==
        "a.toml:1:7: error: no\n"
        "    1 |  日本 = x\n"
        "      |         ^\n");
}

TEST_CASE("a mistake at the end, behind it and without a source") {
  CHECK(shown("a =", {{"a.toml", 1, 4}, "a value is missing", "", 1}) ==
        "a.toml:1:4: error: a value is missing\n    1 | a =\n      |    ^\n");
  CHECK(shown("a =", {{"a.toml", 9, 90}, "the file ends here", "close it", 5}) ==
        "a.toml:9:90: error: the file ends here\n    9 | \n      | ^ close it\n");
  CHECK(mistakes_text({{{"b.toml", 1, 1}, "it is empty", "write it"}}, {}, Style{}) ==
        "b.toml:1:1: error: it is empty\n  write it\n");
}

TEST_CASE("a very long line shows where the mistake is and no more") {
  const std::string line = std::string(100'000, 'a') + "!" + std::string(100'000, 'b');
  const std::string text = shown(line, {{"a.toml", 1, 100'001}, "no", "", 1});
  CHECK(text.size() < 400);
  CHECK(text.find("aaa!bbb") != std::string::npos);
  CHECK(shown(line, {{"a.toml", 1, 1}, "no", "", 200'000}).size() < 400);
}

TEST_CASE("several mistakes in one line") {
  const std::vector<Mistake> two = {{{"a.toml", 1, 3}, "one", "", 1},
                                    {{"a.toml", 1, 7}, "two", "", 2}};
  CHECK(mistakes_text(two, {{"a.toml", "\xef\xbb\xbfé b ü de"}}, Style{}) ==
        "a.toml:1:3: error: one\n    1 | é b ü de\n      |   ^\n"
        "a.toml:1:7: error: two\n    1 | é b ü de\n      |       ^^\n");
}

TEST_CASE("a definition can't write to the terminal") {
  const std::string text = shown("x = \"\x1b[2J\"", {{"a.toml", 1, 1}, "no", "", 1});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\\x1b[2J") != std::string::npos);
}

TEST_CASE("GitHub reads them as annotations") {
  CHECK(annotations(CiForm::github, {{{"a,b.toml", 2, 3}, "50% of it\nis wrong", "fix: it", 1}}) ==
        "::error file=a%2Cb.toml,line=2,col=3::a,b.toml:2:3: 50%25 of it%0Ais wrong%0Afix: it\n");
}

}  // namespace davit
