// SPDX-License-Identifier: MIT
// A tree as a parcel for many targets: its tar holds what its archive held, and says what it is.
#include <doctest/doctest.h>
#include <unistd.h>

#include "core/artifacts/parcel.hpp"
#include "core/artifacts/unpack.hpp"
#include "core/digest/digest.hpp"
#include "core/ssh/remote_tree.hpp"
#include "tests/world/tarball.hpp"
#include "tests/world/temporary_folder.hpp"

using namespace davit;

namespace {

std::string bytes_of(const Parcel& parcel, const std::vector<Stretch>& stretches) {
  std::string out;
  for (const auto& stretch : stretches) {
    std::string piece(static_cast<std::size_t>(stretch.size), '\0');
    REQUIRE(::pread(parcel.tar.number(), piece.data(), piece.size(), stretch.at) == stretch.size);
    out += piece;
  }
  return out;
}

std::shared_ptr<const Parcel> parcel_of(const TemporaryFolder& folder, const Tarball& tar) {
  auto made = make_parcel(folder.write("archive", tar.bytes()), folder.path(), tree_list, nullptr);
  REQUIRE_MESSAGE(made.has_value(), made.error().message);
  return *made;
}

const std::string kLong = std::string(150, 'x') + "/" + std::string(150, 'y');

}  // namespace

TEST_CASE("all of a parcel is what its archive held, and so is a part of it") {
  const TemporaryFolder folder;
  Tarball tar;
  tar.folder("a", 0700).file("a/one", "one").file("a/one", "last wins").file("two", "two", 0755);
  tar.long_path(kLong).file("short", "long").symlink("link", "a/one").hard_link("same", "two");
  const auto parcel = parcel_of(folder, tar);
  folder.write("all", bytes_of(*parcel, {{0, parcel->size}}));
  REQUIRE(unpack(folder.path("all"), folder.path("out")));
  CHECK(folder.read("out/new/a/one") == "last wins");
  CHECK(folder.read("out/new/" + kLong) == "long");
  CHECK(folder.read("out/new/same") == "two");
  CHECK(folder.read("out/new/link") == "last wins");
  CHECK(folder.read("out/list") == tree_list(*parcel));
  const auto two = std::find_if(parcel->files.begin(), parcel->files.end(),
                                [](const auto& file) { return file.path == "two"; });
  REQUIRE(two != parcel->files.end());
  CHECK(two->mode == 0755);
  CHECK(two->digest == sha256("two"));
  folder.write("part", bytes_of(*parcel, {two->tar, parcel->end}));
  REQUIRE(unpack(folder.path("part"), folder.path("some")));
  CHECK(folder.read("some/new/two") == "two");
  CHECK(folder.names("some/new") == std::vector<std::string>{"two"});
}

TEST_CASE("a parcel's list counts folders that no entry made, and quotes every name") {
  const TemporaryFolder folder;
  const auto parcel = parcel_of(
      folder, Tarball().file("deep/down/it's", "x").file("a\nb", "y").symlink("l", "a\nb"));
  const auto list = tree_list(*parcel);
  CHECK(list.starts_with("entries=6\n"));  // with the top
  CHECK(list.find("f 644 '" + sha256("x").hex + "' './deep/down/it'\\''s'\n") != list.npos);
  CHECK(list.find("g 644 '" + sha256("y").hex + "' './a\nb'\n") != list.npos);
  CHECK(list.find("l './l' 'a\nb'\n") != list.npos);
}

TEST_CASE("an empty archive is a parcel of an empty folder") {
  const TemporaryFolder folder;
  const auto parcel = parcel_of(folder, Tarball());
  CHECK(parcel->files.empty());
  CHECK(tree_list(*parcel).starts_with("entries=1\n"));
}
