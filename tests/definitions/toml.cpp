// SPDX-License-Identifier: MIT
#include "definitions/toml.hpp"

#include <doctest/doctest.h>

#include <string>

using davit::Node;
using davit::Notes;
using davit::Span;

namespace {

Node read(std::string_view text) {
  Notes notes("a.toml");
  auto root = davit::parse_toml(text, notes);
  const auto mistakes = notes.take();
  REQUIRE_MESSAGE(mistakes.empty(), mistakes.front().message);
  REQUIRE(root.has_value());
  return std::move(*root);
}

davit::Mistake mistake(std::string_view text) {
  Notes notes("a.toml");
  CHECK_FALSE(davit::parse_toml(text, notes).has_value());
  const auto mistakes = notes.take();
  REQUIRE(mistakes.size() == 1);
  return mistakes.front();
}

std::string said(std::string_view text) {
  const auto found = mistake(text);
  return davit::text(found.place) + ": " + found.message;
}

std::string repeated(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

}  // namespace

TEST_CASE("members stand in the order written, whatever way they were written") {
  const Node root = read("z = 1\n[m.x]\nq = 1\n[[m.list]]\na.b = 2\n[a]\n[[m.list]]\n");
  REQUIRE(root.members.size() == 3);
  CHECK(root.members[0].key == "z");
  CHECK(root.members[1].key == "m");
  CHECK(root.members[2].key == "a");
  const Node& m = root.members[1].value;
  REQUIRE(m.members.size() == 2);
  CHECK(m.members[0].key == "x");
  CHECK(m.members[1].key == "list");
  REQUIRE(m.members[1].value.items.size() == 2);
  CHECK(m.members[1].value.items[0].find("a")->find("b")->integer == 2);
  CHECK(m.members[1].value.items[1].span == Span{7, 1, 10});
}

TEST_CASE("keys and values know their place, in characters") {
  const Node root = read("  \"ä\" = { wort = \"übel\", n = 8_080 }\n");
  const davit::Member& key = root.members.front();
  CHECK(key.span == Span{1, 3, 3});
  CHECK(key.value.span == key.span);
  CHECK(key.value.members[0].value.span == Span{1, 19, 4});  // between the quotes
  CHECK(key.value.members[1].value.span == Span{1, 30, 5});
  CHECK(key.value.members[1].value.text == "8080");
}

TEST_CASE("numbers keep the digits they were written with") {
  const Node root =
      read("\xEF\xBB\xBFv = 1.10\n'ü' = { x = 2.50, y = [-0.0, 1_0.0e1] }\ni = 0xff\n");
  CHECK(root.find("v")->text == "1.10");
  CHECK(root.find("ü")->find("x")->text == "2.50");
  CHECK(root.find("ü")->find("y")->items[0].text == "-0.0");
  CHECK(root.find("ü")->find("y")->items[1].text == "10.0e1");
  CHECK(root.find("i")->text == "255");
}

TEST_CASE("dates and times are kept as TOML has them") {
  const Node root = read(
      "a = 2026-12-18T17:00:00\nb = 2026-12-18 17:00:00+01:30\nc = 2026-12-18\n"
      "d = 09:30:00\ne = 2026-12-18T17:00:00Z\n");
  CHECK(root.find("a")->text == "2026-12-18T17:00:00");
  CHECK(root.find("b")->text == "2026-12-18T17:00:00+01:30");
  CHECK(root.find("c")->is(Node::Kind::date));
  CHECK(root.find("d")->text == "09:30:00");
  CHECK(root.find("e")->text == "2026-12-18T17:00:00Z");
}

TEST_CASE("a byte order mark and CRLF change nothing") {
  const Node root = read("\xEF\xBB\xBF[a]\r\nb = \"c\"\r\n");
  CHECK(root.find("a")->find("b")->text == "c");
  CHECK(root.find("a")->members.front().span == Span{2, 1, 1});
}

TEST_CASE("what is no TOML is one mistake with its place") {
  using namespace std::string_view_literals;
  CHECK(said("a = 1\0"sv) == "a.toml:1:6: a NUL byte");
  CHECK(said("a = \"\xff\"") == "a.toml:1:5: not valid UTF-8");
  CHECK(said("\xff\xfe") == "a.toml:1:1: not valid UTF-8");
  CHECK(said("needs = [staging]\n") == "a.toml:1:10: this is no value");
  CHECK(said("timeout = 5m\n") == "a.toml:1:12: this is no number");
  CHECK(said("n = 99999999999999999999\n") == "a.toml:1:25: number is too large");
  CHECK(said("a = 1e999\n") == "a.toml:1:10: this is no number");
  CHECK(said("a = \"b\nc\"") == "a.toml:1:7: text goes on past the end of its line");
  CHECK(said("a = 'b") == "a.toml:1:7: text is not closed");
  CHECK(said("a = [1") == "a.toml:1:7: list is not closed");
  CHECK(said("a") == "a.toml:1:2: key without a value");
  CHECK(said("a = 1 b = 2") == "a.toml:1:7: more on the line than one value");
  CHECK(said("= 1") == "a.toml:1:1: this is no key");
}

// toml++ 3.3 ran into undefined behaviour here.
TEST_CASE("letters beyond ASCII where there may be a space") {
  CHECK(mistake("[größe]\n").message.find("expected ']'") != std::string::npos);
  CHECK(mistake("größe = 1\n").place.column == 3);
  CHECK(mistake("a = ち\n").place.line == 1);
  CHECK(mistake("[[environmentsҘ.steps]]\nrun = 1\n").place.line == 1);
  CHECK(read("a = \"\"\"b\\\n   ö\"\"\"\n").find("a")->text == "bö");
}

TEST_CASE("a key or a table written twice is shown where it is written again") {
  CHECK(said("a = 1\n  a = 2\n") == "a.toml:2:3: 'a' is written twice");
  CHECK(said("[env.dev]\n[env.dev]\n") == "a.toml:2:1: 'env.dev' is written twice");
  CHECK(mistake("[env.dev]\n[env.dev]\n").length == 9);
}

TEST_CASE("deep nesting is refused, whatever it is made of") {
  CHECK(mistake("a = " + repeated("[", 100000)).message == "nested too deeply");
  CHECK(mistake("a = " + repeated("{a=", 100000)).message == "nested too deeply");
  CHECK(mistake("a" + repeated(".a", 1000000) + " = 1").message == "key has too many parts");
  CHECK(mistake("[a" + repeated(" . \"a\"", 1000) + "]").message == "key has too many parts");
  CHECK(mistake("[a" + repeated(".a", 30) + "]\na" + repeated(".a", 30) + " = {a.a.a.a.a=1}")
            .message == "nested too deeply");
}

TEST_CASE("dots inside text and comments are no depth") {
  CHECK(read("a = \"" + repeated(".", 500) + "\" # " + repeated(".", 500)).members.size() == 1);
  CHECK(read("a = '''\n" + repeated(".\"", 500) + "'''\n").members.size() == 1);
}

TEST_CASE("megabytes are read") {
  const Node root = read(repeated("[[a]]\nname = \"some text of a step\"\nn = 1.5\n", 30000));
  CHECK(root.find("a")->items.size() == 30000);
}
