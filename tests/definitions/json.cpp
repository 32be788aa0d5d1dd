// SPDX-License-Identifier: MIT
#include "definitions/json.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

using davit::Json;

namespace {

Json parsed(std::string_view text) {
  auto result = Json::parse(text);
  REQUIRE_MESSAGE(result.has_value(), text);
  return *std::move(result);
}

std::string refused(std::string_view text) {
  const auto result = Json::parse(text);
  REQUIRE_MESSAGE(!result.has_value(), text);
  return result.error().message;
}

}  // namespace

TEST_CASE("json: an object keeps the order it was made in") {
  Json made;
  made.set("zebra", 1).set("ant", "two").set("list", Json::array());
  made.set("zebra", true);
  CHECK(made.dump() == R"({"zebra":true,"ant":"two","list":[]})");
  CHECK(parsed(made.dump()) == made);
}

TEST_CASE("json: pretty is indented by two and empty things stay on their line") {
  const auto json = parsed(R"({"a":[1,{"b":null}],"none":[],"nothing":{}})");
  CHECK(json.pretty() ==
        "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"none\": [],\n  "
        "\"nothing\": {}\n}");
  CHECK(parsed(json.pretty()) == json);
}

TEST_CASE("json: set_if leaves out what says nothing") {
  Json made = Json::object();
  made.set_if("a", "").set_if("b", false).set_if("c", Json()).set_if("d", Json::array());
  made.set_if("e", Json::object()).set_if("f", 0).set_if("g", "said");
  CHECK(made.dump() == R"({"f":0,"g":"said"})");
}

TEST_CASE("json: what is asked for and is not there is null, empty or the default") {
  const auto json = parsed(R"({"name":"web","count":3,"big":2.5,"on":true})");
  CHECK(json["none"].is_null());
  CHECK(json["name"]["deeper"].is_null());
  CHECK(json.text("name") == "web");
  CHECK(json.text("count", "otherwise") == "otherwise");
  CHECK(json.integer("count") == 3);
  CHECK(json.integer("big", 7) == 7);
  CHECK(json["count"].number() == 3.0);
  CHECK(json.flag("on"));
  CHECK(json.flag("name", true));
  CHECK(json["name"].items().empty());
}

TEST_CASE("json: numbers are 64-bit integers or doubles") {
  CHECK(parsed("9223372036854775807").integer() == std::numeric_limits<std::int64_t>::max());
  CHECK(parsed("-9223372036854775808").integer() == std::numeric_limits<std::int64_t>::min());
  CHECK(parsed("9223372036854775808").number() == 9223372036854775808.0);
  CHECK(parsed("-99999999999999999999").number() == -1e20);
  CHECK(Json(std::numeric_limits<std::uint64_t>::max()).number() == 18446744073709551615.0);
  CHECK(Json(1.0).dump() == "1.0");
  CHECK(Json(0.1).dump() == "0.1");
  CHECK(Json(1e300).dump() == "1e+300");
  CHECK(Json(std::numeric_limits<double>::infinity()).dump() == "null");
  refused("1e999");
  refused("0123");
}

TEST_CASE("json: text is escaped, and bytes that are no UTF-8 are replaced") {
  CHECK(Json("a\"b\\c\n\t\x01").dump() == R"("a\"b\\c\n\t\u0001")");
  CHECK(Json("grün ✔").dump() == "\"grün ✔\"");
  CHECK(Json("bad \xff byte").dump() == "\"bad \xEF\xBF\xBD byte\"");
  CHECK(Json(std::string(1, '\0')).dump() == R"("\u0000")");
  CHECK(parsed(R"("\ud83d\ude80")").string()[0] == "🚀");
}

TEST_CASE("json: what is no JSON is refused, and where") {
  CHECK(refused("") == "JSON ends too early");
  CHECK(refused("{\"a\":") == "JSON ends too early");
  CHECK(refused("{\"a\": 1,\n  b}") == "not JSON from line 2, column 3");
  CHECK(refused("1 2") == "not JSON from line 1, column 3");
  CHECK(refused("{\"a\":1,\"b\":2,\"a\":3}") == "key \"a\" stands twice");
  refused("\"\xff\"");
  refused("\"\xed\xa0\x80\"");
  refused("[1,]");
  refused("// no comments\n1");
  refused(std::string_view("1\0", 2));
  const auto error = Json::parse("[\n?").error();
  CHECK(error.place.line == 2);
  CHECK(error.place.column == 1);
}

TEST_CASE("json: 64 levels are read, more are refused, and a million do no harm") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(parsed(nested(64)).dump() == nested(64));
  CHECK(refused(nested(65)) == "JSON is nested more than 64 levels deep");
  refused(std::string(1000000, '['));
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  refused(objects);
}

TEST_CASE("json: a pointer leads to a value or nowhere") {
  const auto json = parsed(R"({"foo":["bar","baz"],"":0,"a/b":1,"m~n":8,"deep":{"x":[{"y":7}]}})");
  const auto at = [&json](std::string_view pointer) {
    const auto* found = json.at_pointer(pointer);
    return found ? found->dump() : "nowhere";
  };
  CHECK(json.at_pointer("") == &json);
  CHECK(at("/foo/0") == "\"bar\"");
  CHECK(at("/") == "0");
  CHECK(at("/a~1b") == "1");
  CHECK(at("/m~0n") == "8");
  CHECK(at("/deep/x/0/y") == "7");
  for (const char* wrong : {"foo", "/foo/2", "/foo/-", "/foo/00", "/foo/0/x", "/m~2n", "/m~",
                            "/none", "/foo/99999999999999999999999"})
    CHECK_MESSAGE(at(wrong) == "nowhere", wrong);
}

namespace {

// Any value, from a seed.
class Anything {
 public:
  explicit Anything(unsigned seed) : random_(seed) {}

  Json value(int depth = 0) {
    switch (below(depth < 4 ? 7 : 5)) {
      case 0:
        return Json();
      case 1:
        return Json(below(2) == 0);
      case 2:
        return Json(static_cast<std::int64_t>((random_() << 1U) | (random_() & 1U)));
      case 3:
        return Json(std::ldexp(static_cast<double>(random_()), static_cast<int>(below(200)) - 160));
      case 4:
        return Json(word());
      case 5:
        return list(depth);
      default:
        return object(depth);
    }
  }

 private:
  Json list(int depth) {
    auto out = Json::array();
    for (auto n = below(5); n > 0; --n) out.push(value(depth + 1));
    return out;
  }
  Json object(int depth) {
    auto out = Json::object();
    for (auto n = below(5); n > 0; --n) out.set(word(), value(depth + 1));
    return out;
  }
  std::string word() {
    static const char* const kPieces[] = {"a", "\"", "\\", "/", "\n", "\x7f", "é", "🚀", "\u2028"};
    std::string out;
    for (auto n = below(6); n > 0; --n) out += kPieces[below(std::size(kPieces))];
    return out;
  }
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("json: whatever is written is read back the same") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    const auto json = Anything(seed).value();
    CHECK_MESSAGE(parsed(json.dump()) == json, "seed " << seed);
    CHECK_MESSAGE(parsed(json.pretty()) == json, "seed " << seed);
  }
}

TEST_CASE("json: no bytes can make reading do anything but answer") {
  std::mt19937 random(7);
  const std::string alphabet = "{}[]\",:01e-.\\u\xff\n tfn";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += alphabet[random() % alphabet.size()];
    if (const auto json = Json::parse(text)) CHECK(parsed(json->dump()) == *json);
  }
}
