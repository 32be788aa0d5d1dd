// SPDX-License-Identifier: MIT
// Archives that mean harm. Each is refused, and nothing of it is put in place or anywhere else.
#include <doctest/doctest.h>

#include "core/artifacts/parcel.hpp"
#include "core/artifacts/unpack.hpp"
#include "tests/world/tarball.hpp"
#include "tests/world/temporary_folder.hpp"

using namespace davit;

namespace {

// Unpacks to box/out and says why not; everything must be as it was. For targets it is refused
// alike.
std::string refused(const Tarball& tar) {
  const TemporaryFolder folder;
  folder.write("outside", "kept");
  folder.write("box/out/old", "kept");
  const auto done = unpack(folder.write("archive", tar.bytes()), folder.path("box/out"));
  CHECK(folder.read("outside") == "kept");
  CHECK(folder.read("box/out/old") == "kept");
  CHECK(folder.names("box") == std::vector<std::string>{"out"});
  CHECK(folder.names("box/out") == std::vector<std::string>{"old"});
  CHECK(folder.names().size() == 3);
  const auto packed = make_parcel(folder.path("archive"), folder.path(),
                                  [](const Parcel&) { return std::string(); }, {});
  CHECK((packed ? "" : packed.error().message) == (done ? "" : done.error().message));
  return done ? "" : done.error().message;
}

Tarball with() { return Tarball().file("good", "good"); }

}  // namespace

TEST_CASE("a path that leads out is refused") {
  CHECK(holds(refused(with().file("../outside", "evil")),
              "entry ../outside of the archive leads out"));
  CHECK(holds(refused(with().file("a/../../outside", "evil")), "leads out"));
  CHECK(holds(refused(with().folder("..")), "leads out"));
  CHECK(holds(refused(with().file("/tmp/davit-evil", "evil")), "is absolute"));
  CHECK(
      holds(refused(with().long_path("../" + std::string(200, 'x')).file("s", "x")), "leads out"));
  CHECK(holds(refused(with().long_path(std::string(5000, 'x')).file("s", "x")), "is too long"));
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "d/";
  CHECK(holds(refused(with().long_path(deep + "f").file("s", "x")), "is too deep"));
}

TEST_CASE("a symlink that leads out is refused") {
  CHECK(holds(refused(with().symlink("l", "/etc/passwd")),
              "entry l of the archive is a symlink to /etc"));
  CHECK(holds(refused(with().symlink("l", "../outside")), "leads out"));
  CHECK(holds(refused(with().symlink("a/l", "../../outside")), "leads out"));
  CHECK(holds(refused(with().symlink("l", "a/../../outside")), "leads out"));
  CHECK(holds(refused(with().symlink("./", "..")), "leads out"));
  // Each of these stays inside by its words; together they do not.
  CHECK(holds(refused(Tarball().symlink("a/b/c/up", "../../..").symlink("out", "a/b/c/up/../x")),
              "leads out of it or can't be told"));
}

TEST_CASE("an entry that goes through a symlink of the archive is refused") {
  CHECK(holds(refused(Tarball().folder("d").symlink("l", "d").file("l/x", "evil")),
              "entry l/x of the archive leads through l"));
  CHECK(holds(refused(Tarball().symlink("l", "none").folder("l/x")), "leads through l"));
  CHECK(holds(refused(Tarball().folder("d").symlink("l", "d").folder("l")), "leads through l"));
  CHECK(holds(refused(Tarball().file("d/x", "x").symlink("l", "d").hard_link("h", "l/x")),
              "leads through l"));
  CHECK(holds(refused(Tarball().file("f", "x").file("f/x", "evil")), "leads through f"));
}

TEST_CASE("an entry that replaces another by something else is refused") {
  CHECK(
      holds(refused(Tarball().symlink("l", "d").file("l", "evil")), "another entry already does"));
  CHECK(holds(refused(Tarball().file("f", "x").symlink("f", "g")), "another entry already does"));
  CHECK(holds(refused(Tarball().folder("d").file("d", "x")), "another entry already does"));
  CHECK(holds(refused(Tarball().file(".", "x")), "another entry already does"));
}

TEST_CASE("a hard link that leads out is refused") {
  CHECK(holds(refused(with().hard_link("h", "../outside")),
              "is a hard link to ../outside, which leads out"));
  CHECK(holds(refused(with().hard_link("h", "/etc/passwd")), "which is absolute"));
  CHECK(holds(refused(with().hard_link("h", "none")), "a hard link to what is no file in it"));
  CHECK(holds(refused(with().symlink("l", "good").hard_link("h", "l")), "no file in it"));
  CHECK(holds(refused(with().folder("d").hard_link("h", "d")), "no file in it"));
}

TEST_CASE("devices, pipes and set-user-id files are refused") {
  CHECK(holds(refused(with().special("null", '3')), "is a device"));
  CHECK(holds(refused(with().special("disk", '4')), "is a device"));
  CHECK(holds(refused(with().special("pipe", '6')), "is a named pipe"));
  CHECK(holds(refused(with().file("su", "x", 04755)), "is set-user-id"));
  CHECK(holds(refused(with().file("sg", "x", 02755)), "is set-user-id or set-group-id"));
}

TEST_CASE("a name can't speak to the terminal") {
  const auto message = refused(with().file("../\x1b[31mred\n", "x"));
  CHECK(holds(message, "../?[31mred? "));
}

TEST_CASE("zip archives are looked at just the same") {
  const std::string kOut =
      std::string(
          "PK\x03\x04\x14\0\0\0\0\0\xaa\xb1nW\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x07\0\0\0", 30) +
      "../evilx" +
      std::string(
          "PK\x01\x02\x14\x03\x14\0\0\0\0\0\xaa\xb1nW\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x07\0\0\0"
          "\0\0\0\0\0\0\0\0\xa4\x81\0\0\0\0",
          46) +
      "../evil" + std::string("PK\x05\x06\0\0\0\0\x01\0\x01\0\x35\0\0\0\x26\0\0\0\0\0", 22);
  const TemporaryFolder folder;
  const auto done = unpack(folder.write("box/archive", kOut), folder.path("box/out"));
  REQUIRE_FALSE(done);
  CHECK(holds(done.error().message, "../evil of the archive leads out"));
  CHECK_FALSE(folder.exists("evil"));
}
