// SPDX-License-Identifier: MIT
// The first minutes: init, new, schema.
#include <doctest/doctest.h>

#include "definitions/json.hpp"
#include "definitions/templates.hpp"
#include "tests/commands/workplace.hpp"

namespace davit {

TEST_CASE("init, then new, and what they write passes check") {
  Workplace place;
  place.git("init -q");
  place.git("config user.email alice@example.com");
  CHECK(place.run({"init"}) == ExitStatus::done);
  CHECK(
      place.told() ==
      "wrote .davit/team.toml\n--- talk\nnext: davit new NAME, to write down how it is released\n");
  CHECK(place.read(".davit/team.toml").find("alice@example.com") != std::string::npos);
  for (const Template& one : templates()) {
    CAPTURE(one.name);
    CHECK(place.run({"new", one.name, "--template", one.name}) == ExitStatus::done);
  }
  place.told();
  const ExitStatus checked = place.run({"check"});
  INFO(place.told());
  CHECK(checked == ExitStatus::done);
}

TEST_CASE("new says what it wrote, as it is seen from here, and what comes next") {
  Workplace place;
  place.git("init -q");
  place.run({"init"});
  place.told();
  CHECK(place.run({"new", "shop"}) == ExitStatus::done);
  CHECK(place.told() ==
        "wrote .davit/definitions/shop.toml\n--- talk\n"
        "next: edit it · davit check · git add .davit, git commit · davit create shop\n");
  CHECK(place.run({"new", "api", "--json", "-C", place.path(".davit")}) == ExitStatus::done);
  CHECK(place.told() ==
        "{\"davit\":1,\"command\":\"new\",\"definition\":\"api\","
        "\"wrote\":[\"definitions/api.toml\"]}\n");
}

TEST_CASE("nothing is written over") {
  Workplace place;
  place.git("init -q");
  place.write(".davit/definitions/shop.toml", "mine");
  CHECK(place.run({"init"}) == ExitStatus::refused);
  CHECK(place.told() ==
        "--- talk\nrefused: there is a .davit/ here already\n  davit new NAME adds a definition\n");
  CHECK(place.run({"new", "shop"}) == ExitStatus::refused);
  CHECK(place.told().find("is there already") != std::string::npos);
  CHECK(place.read(".davit/definitions/shop.toml") == "mine");
}

TEST_CASE("new explains names and templates that can't be") {
  Workplace place;
  place.git("init -q");
  CHECK(place.run({"new", "shop"}) == ExitStatus::failed);
  CHECK(place.told() ==
        "--- talk\nerror: there is no .davit/ here or above\n  davit init makes one\n");
  place.run({"init"});
  place.told();
  CHECK(place.run({"new", "Shop/../x"}) == ExitStatus::misused);
  CHECK(place.run({"new", "shop", "--template", "servce"}) == ExitStatus::misused);
  CHECK(place.told().find("did you mean 'service'?") != std::string::npos);
}

TEST_CASE("the schemas are JSON") {
  Workplace place;
  CHECK(place.run({"schema"}) == ExitStatus::done);
  CHECK(Json::parse(place.told()).has_value());
  CHECK(place.run({"schema", "team"}) == ExitStatus::done);
  CHECK(Json::parse(place.told()).has_value());
}

}  // namespace davit
