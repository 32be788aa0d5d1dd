// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "core/git/libgit2.hpp"
#include "tests/world/scratch.hpp"

using namespace davit;
using davit::tests::Scratch;
using Kind = ObjectWriter::Kind;
using Moved = ObjectWriter::Moved;

namespace {

const std::string kRef = "refs/davit/ledger/web";

ObjectWriter opened(const std::string& directory) {
  auto writer = ObjectWriter::open(directory, true);
  REQUIRE_MESSAGE(writer.has_value(), writer.error().message);
  return std::move(writer).value();
}

Moved moved(ObjectWriter& writer, const std::string& from, const std::string& to) {
  const auto answer = writer.move({kRef, from, to, "alice@example.com", "a test"});
  REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
  return *answer;
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

TEST_CASE("a ref moves only from where it was expected") {
  const Scratch scratch;
  scratch.repository("shop");
  const auto first = scratch.git("shop", {"rev-parse", "HEAD"});
  scratch.git("shop", {"commit", "--quiet", "--allow-empty", "-m", "second"});
  const auto second = scratch.git("shop", {"rev-parse", "HEAD"});
  auto writer = opened(scratch.path("shop/.git"));
  CHECK(moved(writer, second, first) == Moved::elsewhere);  // it is not there yet
  CHECK(moved(writer, "", first) == Moved::yes);
  CHECK(moved(writer, "", second) == Moved::elsewhere);  // it is there already
  CHECK(moved(writer, second, first) == Moved::elsewhere);
  scratch.git("shop", {"pack-refs", "--all"});
  CHECK(moved(writer, "", second) == Moved::elsewhere);
  CHECK(moved(writer, first, second) == Moved::yes);
  CHECK(scratch.git("shop", {"rev-parse", kRef}) == second);
  CHECK(scratch.git("shop", {"log", "-g", "--format=%gs by %gn", kRef}) ==
        "a test by alice@example.com\na test by alice@example.com");
}

TEST_CASE("a ref that somebody else has locked is left alone") {
  const Scratch scratch;
  scratch.repository("shop");
  const auto head = scratch.git("shop", {"rev-parse", "HEAD"});
  auto writer = opened(scratch.path("shop/.git"));
  scratch.write("shop/.git/" + kRef + ".lock", "");
  CHECK(moved(writer, "", head) == Moved::locked);
  std::filesystem::remove(scratch.path("shop/.git/" + kRef + ".lock"));
  CHECK(moved(writer, "", head) == Moved::yes);
}

TEST_CASE("repositories with extensions and settings that libgit2 does not know are written to") {
  const Scratch scratch;
  scratch.repository("shop");
  const auto head = scratch.git("shop", {"rev-parse", "HEAD"});
  for (const auto* extension : {"worktreeConfig", "preciousObjects"}) {
    scratch.git("shop", {"config", "core.repositoryformatversion", "1"});
    scratch.git("shop", {"config", std::string("extensions.") + extension, "true"});
  }
  scratch.git("shop", {"config", "extensions.partialClone", "origin"});
  scratch.git("shop", {"config", "extensions.objectFormat", "sha1"});
  auto writer = opened(scratch.path("shop/.git"));
  CHECK(moved(writer, "", head) == Moved::yes);
}

TEST_CASE("a bare repository is written to") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.git("", {"clone", "--quiet", "--bare", scratch.path("shop"), scratch.path("shop.git")});
  auto writer = opened(scratch.path("shop.git"));
  CHECK(moved(writer, "", scratch.git("shop", {"rev-parse", "HEAD"})) == Moved::yes);
}
