// SPDX-License-Identifier: MIT
#include "core/git/object_writer.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "core/git/tree.hpp"
#include "tests/world/scratch.hpp"

using namespace davit;
using davit::tests::Scratch;
using Kind = ObjectWriter::Kind;

namespace {

ObjectWriter opened(const std::string& directory) { return {directory, true}; }

std::string put(ObjectWriter& writer, Kind kind, const std::string& bytes) {
  const auto id = writer.write(kind, bytes);
  REQUIRE_MESSAGE(id.has_value(), id.error().message);
  REQUIRE(writer.settle().has_value());
  return *id;
}

}  // namespace

TEST_CASE("what is written is what git reads") {
  const Scratch scratch;
  scratch.repository("shop");
  auto writer = opened(scratch.path("shop/.git"));
  const auto blob = put(writer, Kind::blob, std::string("a\0b", 3));
  CHECK(blob == scratch.git("shop", {"hash-object", "--stdin"}, std::string("a\0b", 3)));
  CHECK(scratch.git("shop", {"cat-file", "-t", blob}) == "blob");
  CHECK(put(writer, Kind::blob, std::string("a\0b", 3)) == blob);
}

TEST_CASE("a repository with extensions and settings of its own is written to") {
  const Scratch scratch;
  scratch.repository("shop");
  for (const auto* extension : {"worktreeConfig", "preciousObjects"}) {
    scratch.git("shop", {"config", "core.repositoryformatversion", "1"});
    scratch.git("shop", {"config", std::string("extensions.") + extension, "true"});
  }
  scratch.git("shop", {"config", "extensions.partialClone", "origin"});
  scratch.git("shop", {"config", "extensions.objectFormat", "sha1"});
  auto writer = opened(scratch.path("shop/.git"));
  CHECK(!put(writer, Kind::blob, "a").empty());
}

TEST_CASE("a bare repository is written to") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.git("", {"clone", "--quiet", "--bare", scratch.path("shop"), scratch.path("shop.git")});
  auto writer = opened(scratch.path("shop.git"));
  CHECK(!put(writer, Kind::blob, "a").empty());
}

TEST_CASE("objects of every kind and size are git's own, and nothing is left beside them") {
  const Scratch scratch;
  scratch.repository("shop");
  auto writer = opened(scratch.path("shop/.git"));
  const auto empty = writer.write(Kind::blob, "").value();
  const auto large = writer.write(Kind::blob, std::string(3u << 20, 'x')).value();
  const auto tree = writer.write(Kind::tree, tree_bytes({{"large", large}, {"none", empty}}));
  const std::string who = "A <a@example.com> 1700000000 +0000\n";
  const auto commit = writer.write(
      Kind::commit, "tree " + *tree + "\nauthor " + who + "committer " + who + "\nFirst\n");
  CHECK(writer.write(Kind::blob, "").value() == empty);
  CHECK(scratch.git("shop", {"cat-file", "--batch-check"}, *commit).find("missing") !=
        std::string::npos);
  CHECK(writer.settle().has_value());
  CHECK(scratch.git("shop", {"cat-file", "-s", *commit + ":large"}) == "3145728");
  scratch.git("shop", {"update-ref", "refs/heads/made", *commit});
  CHECK(scratch.git("shop", {"fsck", "--strict", "--full"}).empty());
  CHECK(scratch.git("shop", {"count-objects", "-v"}).find("garbage: 0") != std::string::npos);
}

TEST_CASE(
    "an object that is there is kept by the next gc, and one that a power cut spoiled is made") {
  namespace fs = std::filesystem;
  const Scratch scratch;
  scratch.repository("shop");
  auto writer = opened(scratch.path("shop/.git"));
  const auto blob = put(writer, Kind::blob, "a");
  const fs::path file =
      scratch.path("shop/.git/objects/" + blob.substr(0, 2) + "/" + blob.substr(2));
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(24 * 30));
  CHECK(put(writer, Kind::blob, "a") == blob);
  scratch.git("shop", {"gc", "--quiet"});
  CHECK(scratch.git("shop", {"cat-file", "-p", blob}) == "a");
  fs::remove(file);
  std::ofstream(file).close();
  CHECK(put(writer, Kind::blob, "a") == blob);
  CHECK(scratch.git("shop", {"cat-file", "-p", blob}) == "a");
}
