// SPDX-License-Identifier: MIT
#include "definitions/name.hpp"

#include <doctest/doctest.h>

using namespace davit;

TEST_CASE("name: becomes part of refs and file names, so little is allowed") {
  for (const char* good : {"web", "a", "0", "web-2.1_x", "storefront"}) CHECK(is_name(good));
  for (const char* bad :
       {"", "-web", ".web", "Web", "web/x", "web.", "web.lock", "a..b", "wéb", "a b"})
    CHECK_MESSAGE(!is_name(bad), bad);
  CHECK(is_name(std::string(63, 'a')));
  CHECK(!is_name(std::string(64, 'a')));
}

TEST_CASE("nearest: the known word that was probably meant") {
  const std::vector<std::string> keys = {"needs",  "steps", "targets", "deploy_on",
                                         "before", "after", "soak",    "description"};
  CHECK(nearest("need", keys) == "needs");
  CHECK(nearest("step", keys) == "steps");
  CHECK(nearest("tragets", keys) == "targets");
  CHECK(nearest("deploy-on", keys) == "deploy_on");
  CHECK(nearest("deployOn", keys) == "deploy_on");
  CHECK(nearest("Soak", keys) == "soak");
  CHECK(nearest("desc", keys) == "description");
  CHECK(nearest("befor", keys) == "before");
}

TEST_CASE("nearest: nothing rather than a wild guess") {
  const std::vector<std::string> keys = {"needs", "steps", "run", "to"};
  CHECK(nearest("colour", keys).empty());
  CHECK(nearest("", keys).empty());
  CHECK(nearest("x", keys).empty());
  CHECK(nearest("web", {}).empty());
  CHECK(nearest(std::string(100000, 'n'), keys).empty());
  CHECK(nearest("dep", {"deploy", "deploy_on"}).empty());
}

TEST_CASE("glob: as in a shell") {
  CHECK(glob_matches("*@example.com", "alice@example.com"));
  CHECK(!glob_matches("*@example.com", "alice@example.com.evil.net"));
  CHECK(glob_matches("storefront-?.tar.gz", "storefront-1.tar.gz"));
  CHECK(!glob_matches("storefront-?.tar.gz", "storefront-10.tar.gz"));
  CHECK(glob_matches("v[0-9]*", "v1.2"));
  CHECK(!glob_matches("v[!0-9]*", "v1.2"));
  CHECK(glob_matches("[]x]", "]"));
  CHECK(glob_matches("[a-]", "-"));
  CHECK(glob_matches("[open", "[open"));
  CHECK(glob_matches("a\\*b", "a*b"));
  CHECK(!glob_matches("a\\*b", "axb"));
  CHECK(glob_matches("", ""));
  CHECK(glob_matches("*", ""));
  CHECK(!glob_matches("", "a"));
  CHECK(glob_matches("gr?n", "grün"));
  CHECK(glob_matches("?", "\xff"));
  CHECK(!glob_matches("\u00ff", "\xff"));
  CHECK(glob_matches("hotfix/*", "hotfix/a/b"));
}

TEST_CASE("glob: in paths a star stops at a slash and two do not") {
  const auto path = [](const char* pattern, const char* text) {
    return glob_matches(pattern, text, true);
  };
  CHECK(path("build/storefront-*.tar.gz", "build/storefront-1.8.3.tar.gz"));
  CHECK(!path("build/*.gz", "build/old/x.gz"));
  CHECK(path("shop/**", "shop/a/b.c"));
  CHECK(!path("shop/**", "shop"));
  CHECK(path("**/x", "x"));
  CHECK(path("**/x", "a/b/x"));
  CHECK(!path("**/x", "ax"));
  CHECK(!path("**/x", "a/bx"));
  CHECK(path("a/**/b", "a/b"));
  CHECK(path("a/**/b", "a/x/y/b"));
  CHECK(!path("a/**/b", "a/xb"));
  CHECK(!path("a?b", "a/b"));
  CHECK(!path("a[/]b", "a/b"));
  CHECK(path("**", "a/b"));
}

TEST_CASE("glob: no pattern takes longer than its length times the text's") {
  std::string stars;
  for (int i = 0; i < 200; ++i) stars += "a*";
  CHECK(!glob_matches(stars + "b", std::string(5000, 'a')));
  std::string folders;
  for (int i = 0; i < 100; ++i) folders += "**/*a*/";
  CHECK(!glob_matches(folders + "b", std::string(5000, 'a'), true));
}
