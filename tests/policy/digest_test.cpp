// SPDX-License-Identifier: MIT
#include "core/digest/digest.hpp"

#include <doctest/doctest.h>

using namespace davit;

TEST_CASE("a digest of pieces is the digest of the whole") {
  Digester digester;
  digester.add("a");
  digester.add("");
  digester.add("bc");
  CHECK(digester.finish().hex ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a finished digester begins anew") {
  Digester digester;
  digester.add("something");
  static_cast<void>(digester.finish());
  CHECK(digester.finish() == sha256(""));
}

TEST_CASE("a digester that was moved goes on where it stood") {
  Digester first;
  first.add("ab");
  Digester second = std::move(first);
  second.add("c");
  CHECK(second.finish() == sha256("abc"));
}

TEST_CASE("git's name for an object is its SHA-1") {
  CHECK(sha1("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
}
