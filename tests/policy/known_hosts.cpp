// SPDX-License-Identifier: MIT
// Host keys in a file: whose they are, what they look like.
#include "core/ssh/known_hosts.hpp"

#include <doctest/doctest.h>

#include "core/digest/base64.hpp"

using namespace davit;

namespace {

const std::string kKey = "AAAAC3NzaC1lZDI1NTE5AAAAIEeDLfgbFsPQse3oapQwOABWYIUp0bPUin/QEAioRtZA";

KnownKey key_for(const std::string& names) {
  return {.names = names, .kind = "ssh-ed25519", .key = kKey};
}

std::size_t found(const std::string& names, const std::string& name) {
  return keys_of(text(key_for(names)) + "\n", name).size();
}

}  // namespace

TEST_CASE("base64 goes there and back") {
  for (const std::string text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"})
    CHECK(from_base64(base64(text)) == text);
  CHECK(base64("foob") == "Zm9vYg==");
  CHECK(base64(std::string("\xff\x00\xfe", 3)) == "/wD+");
  CHECK(from_base64("Zm9vYg") == "foob");
  CHECK_FALSE(from_base64("Zm9v!").has_value());
  CHECK_FALSE(from_base64("Z").has_value());
}

TEST_CASE("a key's fingerprint is what ssh-keygen shows") {
  CHECK(fingerprint(key_for("web1")) ==
        "SHA256:JusAqiKK9kn0lSN45tzMoQTt1OmmQv7z8KEiiDXw7/k (ED25519)");
}

TEST_CASE("a line is read as it was written") {
  const auto line = "@revoked web1,10.0.0.1 ssh-ed25519 " + kKey;
  const auto key = known_key(line + " root@vm");
  REQUIRE(key.has_value());
  CHECK(key->marker == "@revoked");
  CHECK(text(*key) == line);
  for (const char* none : {"", "  ", "# web1 ssh-ed25519 AAAA", "web1", "web1 ssh-ed25519",
                           "web1 ssh-ed25519 not!base64"})
    CHECK_FALSE(known_key(none).has_value());
}

TEST_CASE("names, patterns and ports mean who they say") {
  CHECK(found("web1", "web1") == 1);
  CHECK(found("web1", "WEB1") == 1);
  CHECK(found("web1", "web11") == 0);
  CHECK(found("db1,web?", "web1") == 1);
  CHECK(found("*.example.com,!web2.example.com", "web1.example.com") == 1);
  CHECK(found("*.example.com,!web2.example.com", "web2.example.com") == 0);
  CHECK(found("[web1]:2222", name_in_file("web1", 2222)) == 1);
  CHECK(found("[web1]:2222", name_in_file("web1", 22)) == 0);
  CHECK(found(std::string(40, '*') + "a", std::string(4000, 'a') + "b") == 0);
}

TEST_CASE("a hashed name is known, and tells nobody which") {
  // Made by ssh-keygen -H.
  const std::string theirs = "|1|TMP32XWQSIAvwhrFb6tyuIjII8Q=|wP8fioTR4Mq3TAX0zkDc5SHYhIs=";
  CHECK(found(theirs, "[web1.example.com]:2222") == 1);
  CHECK(found(theirs, "web1.example.com") == 0);
  CHECK(hashed("[web1.example.com]:2222", *from_base64("TMP32XWQSIAvwhrFb6tyuIjII8Q=")) == theirs);
  CHECK(found("|1|", "web1") == 0);
  CHECK(found("|1|AAAA", "web1") == 0);
}
