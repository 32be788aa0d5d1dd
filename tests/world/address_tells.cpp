// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "core/http/address.hpp"

using namespace davit;

TEST_CASE("an address is shown without what may be secret") {
  CHECK(shown_address("https://host/a/b") == "https://host/a/b");
  CHECK(shown_address("https://bob@host/a") == "https://host/a");
  CHECK(shown_address("https://bob:pw@host:8443/a") == "https://host:8443/a");
  CHECK(shown_address("https://bob:p@w@host/a") == "https://host/a");
  CHECK(shown_address("https://bob:p/w@host/a") == "https://host/a");
  CHECK(shown_address("https://host/a?token=1") == "https://host/a?…");
  CHECK(shown_address("https://host/a#secret") == "https://host/a?…");
  CHECK(shown_address("bob:pw@host/a") == "host/a");
  CHECK(shown_address("file:///srv/a@b") == "file:///srv/a@b");
  CHECK(shown_address("https://host/@scope/app@1.2") == "https://host/@scope/app@1.2");
  CHECK(shown_address("http://[::1]:80/@x") == "http://[::1]:80/@x");
  CHECK(shown_address("") == "");
}

TEST_CASE("addresses of one origin are told from those of another") {
  CHECK(origin("https://Host/a") == origin("HTTPS://host:443/b?c"));
  CHECK(origin("http://u:p@host/a") == origin("http://host:80"));
  CHECK(origin("https://host/") != origin("http://host/"));
  CHECK(origin("https://host/") != origin("https://host:8443/"));
  CHECK(origin("https://host/") != origin("https://host.evil/"));
  CHECK(origin("http://[::1]/") == "http://[::1]:80");
  CHECK(origin("http://[::1]:81/") == "http://[::1]:81");
  CHECK(origin("host/a").empty());
}

TEST_CASE("addresses are told from paths") {
  CHECK(is_address("https://host"));
  CHECK(is_address("HTTP://host"));
  CHECK(is_address("file:///a"));
  CHECK_FALSE(is_address("build/http://x"));
  CHECK_FALSE(is_address("ftp://host/a"));
  CHECK_FALSE(is_address("a"));
}
