// SPDX-License-Identifier: MIT
#include "definitions/fields.hpp"

#include <doctest/doctest.h>

using davit::expand;
using davit::FieldUse;

namespace {

std::optional<std::string> lookup(std::string_view field) {
  if (field == "release") return "17";
  if (field == "name") return "{release}";
  if (field == "rev:000") return "007";
  return std::nullopt;
}

}  // namespace

TEST_CASE("fields are replaced once, and braces can be written") {
  CHECK(*expand("/srv/{release}/x", lookup) == "/srv/17/x");
  CHECK(*expand("{name}", lookup) == "{release}");
  CHECK(*expand("{rev:000}", lookup) == "007");
  CHECK(*expand("{{release}}", lookup) == "{release}");
  CHECK(*expand("a } b", lookup) == "a } b");
  CHECK(*expand("{{{release}}}", lookup) == "{17}");
  CHECK(expand("", lookup)->empty());
}

TEST_CASE("a field without a value is an error, never an empty text") {
  CHECK(expand("/srv/{commit}", lookup).error().message == "field {commit} has no value here");
  CHECK(expand("/srv/{release", lookup).error().message == "'{' is never closed");
}

TEST_CASE("each use has its own fields") {
  const std::vector<std::string> artifacts = {"app"};
  for (const char* text : {"{definition}", "{commit}", "{app.version}", "{release}", "{name}",
                           "{environment}", "{attempt}"})
    CHECK_MESSAGE(davit::check_fields(text, FieldUse::step, artifacts).empty(), text);
  for (const char* text : {"{definition}", "{commit}", "{app.version}", "{rev}", "{rev:00}",
                           "{number}", "{branch}", "{date:%d %% %H}"})
    CHECK_MESSAGE(davit::check_fields(text, FieldUse::release_name, artifacts).empty(), text);
  for (const char* text :
       {"{rev}", "{date:%Y}", "{}", "{ release }", "{web.version}", "{app}", "{release:x}"})
    CHECK_MESSAGE(davit::check_fields(text, FieldUse::step, artifacts).size() == 1, text);
  for (const char* text : {"{release}", "{attempt}", "{date}", "{date:%Q}", "{date:%}", "{rev:1}",
                           "{rev:}", "{branch:x}"})
    CHECK_MESSAGE(davit::check_fields(text, FieldUse::release_name, artifacts).size() == 1, text);
}
