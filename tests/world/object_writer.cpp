// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "core/git/libgit2.hpp"
#include "tests/world/scratch.hpp"

using namespace davit;
using davit::tests::Scratch;
using Kind = ObjectWriter::Kind;

namespace {

ObjectWriter opened(const std::string& directory) {
  auto writer = ObjectWriter::open(directory, true);
  REQUIRE_MESSAGE(writer.has_value(), writer.error().message);
  return std::move(writer).value();
}

}  // namespace

TEST_CASE("what is written is what git reads") {
  const Scratch scratch;
  scratch.repository("shop");
  auto writer = opened(scratch.path("shop/.git"));
  const auto blob = writer.write(Kind::blob, std::string("a\0b", 3)).value();
  CHECK(blob == scratch.git("shop", {"hash-object", "--stdin"}, std::string("a\0b", 3)));
  CHECK(scratch.git("shop", {"cat-file", "-t", blob}) == "blob");
  CHECK(writer.write(Kind::blob, std::string("a\0b", 3)).value() == blob);
}

TEST_CASE("repositories with extensions and settings that libgit2 does not know are written to") {
  const Scratch scratch;
  scratch.repository("shop");
  for (const auto* extension : {"worktreeConfig", "preciousObjects"}) {
    scratch.git("shop", {"config", "core.repositoryformatversion", "1"});
    scratch.git("shop", {"config", std::string("extensions.") + extension, "true"});
  }
  scratch.git("shop", {"config", "extensions.partialClone", "origin"});
  scratch.git("shop", {"config", "extensions.objectFormat", "sha1"});
  auto writer = opened(scratch.path("shop/.git"));
  CHECK(writer.write(Kind::blob, "a").has_value());
}

TEST_CASE("a bare repository is written to") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.git("", {"clone", "--quiet", "--bare", scratch.path("shop"), scratch.path("shop.git")});
  auto writer = opened(scratch.path("shop.git"));
  CHECK(writer.write(Kind::blob, "a").has_value());
}
