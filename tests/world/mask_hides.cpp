// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "core/secrets/mask.hpp"

namespace davit {
namespace {

Mask hiding(std::initializer_list<std::string_view> values) {
  Mask mask;
  for (const auto value : values) REQUIRE(mask.add("SECRET", value));
  return mask;
}

TEST_CASE("mask: the value, wherever it stands") {
  const auto mask = hiding({"hunter22"});
  CHECK(mask.apply("hunter22") == "***");
  CHECK(mask.apply("a hunter22, hunter22b hunter2") == "a ***, ***b hunter2");
  CHECK(mask.apply("") == "");
  CHECK(mask.apply("h") == "h");
  CHECK(mask.finds("-hunter22-"));
  CHECK_FALSE(mask.finds("hunter 22"));
}

TEST_CASE("mask: a value too short to hide is refused by its name") {
  Mask mask;
  const auto refused = mask.add("PIN", "123");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message ==
        "secret PIN is under 4 characters and can't be hidden in output");
  CHECK(mask.empty());
}

TEST_CASE("mask: of secrets that overlap nothing is left over") {
  const auto mask = hiding({"abcdef", "defghi", "abcdefXYZ"});
  CHECK(mask.apply("abcdefghi") == "***");
  CHECK(mask.apply("abcdefXYZ.") == "***.");
  CHECK(mask.apply("abcdefdefghi") == "******");
}

TEST_CASE("mask: base64, wherever the value begins in what was encoded") {
  const auto mask = hiding({"hunter22!"});
  // printf '%s' x:hunter22!y | base64, with no, one and two bytes before it
  CHECK(mask.apply("aHVudGVyMjIh") == "***");
  CHECK(mask.apply("eGh1bnRlcjIyIQ==") == "eG***");
  CHECK(mask.apply("eDpodW50ZXIyMiE=") == "eDp***");
  CHECK(mask.apply("eGh1bnRlcjIyIXk=") == "eG***Xk=");
  CHECK(mask.apply("eDpodW50ZXIyMiF5") == "eDp***F5");
}

TEST_CASE("mask: as a URL, JSON and a shell write it") {
  const auto mask = hiding({"p&ss w/\"o\"rd's"});
  CHECK(mask.apply("?x=p%26ss%20w%2F%22o%22rd%27s&y") == "?x=***&y");
  CHECK(mask.apply("?x=p%26ss+w%2f%22o%22rd%27s") == "?x=***");
  CHECK(mask.apply(R"({"x":"p&ss w/\"o\"rd's"})") == R"({"x":"***"})");
  CHECK(mask.apply(R"({"x":"p&ss w\/\"o\"rd's"})") == R"({"x":"***"})");
  CHECK(mask.apply(R"(+ login 'p&ss w/"o"rd'\''s')") == "+ login '***'");
}

TEST_CASE("mask: a value of many lines, line by line, but no line that says nothing") {
  const auto mask = hiding({"-----BEGIN KEY-----\nMIIEpAIBAAKCAQ\r\n}\n-----END KEY-----"});
  CHECK(mask.apply("MIIEpAIBAAKCAQ") == "***");
  CHECK(mask.apply("key: -----END KEY-----.") == "key: ***.");
  CHECK(mask.apply("}") == "}");
  CHECK(mask.apply(R"("-----BEGIN KEY-----\nMIIEpAIBAAKCAQ\r\n}\n-----END KEY-----")") ==
        "\"***\"");
}

TEST_CASE("mask: base64 broken into lines") {
  const std::string value(90, 'k');
  const auto mask = hiding({value});
  std::string line;
  for (int i = 0; i < 19; ++i) line += "a2tr";
  CHECK(mask.apply(line) == "***");                       // 76 digits
  CHECK(mask.apply(line.substr(0, 64) + "!") == "***!");  // 64
}

TEST_CASE("mask: a cut is never within a secret") {
  const auto mask = hiding({"hunter22"});
  const std::string text = "0123hunter22 and more";
  CHECK(mask.cut(text, 2) == 2);
  CHECK(mask.cut(text, 4) == 4);
  for (std::size_t wanted = 5; wanted < 12; ++wanted) CHECK(mask.cut(text, wanted) == 4);
  CHECK(mask.cut(text, 12) == 12);
  CHECK(mask.cut(text, 100) == text.size());
  CHECK(Mask().cut(text, 7) == 7);
  CHECK(mask.longest() >= 8);
}

}  // namespace
}  // namespace davit
