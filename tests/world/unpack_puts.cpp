// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <csignal>

#include "core/artifacts/unpack.hpp"
#include "tests/world/tarball.hpp"
#include "tests/world/temporary_folder.hpp"

using namespace davit;

namespace {

// One file, app/hello, "hello\n", mode 0755; made by gzip, bzip2, xz, zstd and zip.
const char* const kKinds[] = {
    "1f8b0800000000000203edd1310ac2401404d05f7b0a6fe04676b3e74911b00824247a7f972ded1582ef3503d34c31"
    "d3b6dd1ef3b2acf13da9a9a5f46c3eb31963c8e59e6b4db9f7751c725c53fcc0eb784e7b9b8cffd4bfbf0400000000"
    "0"
    "00000000027f306bd1ae90900280000",
    "425a68393141592653596555cc3a000070fb80c91000044000f78000806244de0008082000542524c8f483436a034f"
    "5"
    "0494d1347a86801a07dcb8c841392108c6b95c5b9c2681104ec5692145d80da20d19c72aca0d19aef01565715b7872"
    "f"
    "e9606b0eefa22207e2ee48a70a120caab98740",
    "fd377a585a000004e6d6b4460200210116000000742fe5a3e027ff00655d00309c2c5e683338e36e0bdd788dfa9284"
    "b"
    "e88e87a0bdd9e3a2318ef3dd6b686f8694cfb4187efbc63bca76d8633f3c86066236f0fac74074eca9b47512b3093e"
    "4"
    "c06f8e48d801dbd5b8f6e2f98b119db98e75641980c25873b25368356c25af66dd30b6d80000000000eb9fbcf95e7d"
    "3"
    "8be00018101805000009ba23caab1c467fb020000000004595a",
    "28b52ffd04683d0200f2420a10b06b0c2409293b4c4012d9aecaa29da6831167c6b5f718ce5136713789e6b8e0aa8b"
    "a"
    "b940e126b990a202031350ff6c538fe13c23ceabccf59cdc382030c0a6037892e2ccc70af",
    "504b0304140000000000aab16e5720303a360600000006000000090000006170702f68656c6c6f68656c6c6f0a504b"
    "0"
    "1021403140000000000aab16e5720303a360600000006000000090000000000000000000000ed81000000006170702"
    "f"
    "68656c6c6f504b05060000000001000100370000002d0000000000"};

std::string unhex(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return out;
}

Outcome unpacked(const TemporaryFolder& folder, const std::string& bytes,
                 const std::string& to = "out/app") {
  return unpack(folder.write("archive", bytes), folder.path(to));
}

}  // namespace

TEST_CASE("an archive is unpacked with its modes, times and links") {
  const TemporaryFolder folder;
  Tarball tar;
  tar.folder("./").folder("bin", 0750).file("bin/run", "#!/bin/sh\n", 0755);
  tar.file("lib/deep/er/libx.so.1", "elf").symlink("lib/libx.so", "deep/er/libx.so.1");
  tar.hard_link("bin/also", "./bin/run").symlink("lib/deep/up", "../../bin/run");
  tar.long_path("share/" + std::string(150, 'n') + "/größe").file("short", "ü");
  const auto before = umask(022);
  REQUIRE(unpacked(folder, tar.bytes()));
  umask(before);
  CHECK(folder.read("out/app/bin/also") == "#!/bin/sh\n");
  CHECK(folder.read("out/app/lib/libx.so") == "elf");
  CHECK(folder.read("out/app/lib/deep/up") == "#!/bin/sh\n");
  CHECK(folder.read("out/app/share/" + std::string(150, 'n') + "/größe") == "ü");
  CHECK(folder.mode("out/app/bin/run") == 0755);
  CHECK(folder.mode("out/app/bin") == 0750);
  CHECK(folder.mode("out/app") == 0755);
  struct stat status {};
  REQUIRE(stat(folder.path("out/app/bin/run").c_str(), &status) == 0);
  CHECK(status.st_mtim.tv_sec == 1'700'000'000);
  CHECK(status.st_nlink == 2);
  CHECK(folder.names("out") == std::vector<std::string>{"app"});
}

TEST_CASE("gzip, bzip2, xz, zstd and zip are told by their content") {
  for (const auto* kind : kKinds) {
    const TemporaryFolder folder;
    CAPTURE(kind);
    const auto done = unpacked(folder, unhex(kind));
    REQUIRE_MESSAGE(done, (done ? "" : done.error().message));
    CHECK(folder.read("out/app/app/hello") == "hello\n");
    CHECK((folder.mode("out/app/app/hello") & 0700) == 0700);
  }
}

TEST_CASE("a file without a time gets the present one") {
  const TemporaryFolder folder;
  REQUIRE(unpacked(folder, Tarball().file("index.html", "x", 0644, 0).bytes()));
  struct stat status {};
  REQUIRE(stat(folder.path("out/app/index.html").c_str(), &status) == 0);
  CHECK(status.st_mtim.tv_sec > 1'600'000'000);
}

TEST_CASE("an empty archive is an empty folder, and a file that came twice is the last one") {
  const TemporaryFolder folder;
  REQUIRE(unpacked(folder, Tarball().bytes()));
  CHECK(folder.names("out/app").empty());
  REQUIRE(unpacked(folder, Tarball().file("a", "first").file("a", "last").bytes()));
  CHECK(folder.read("out/app/a") == "last");
}

TEST_CASE("what stood there is replaced as a whole, and only by what is whole") {
  const TemporaryFolder folder;
  folder.write("out/app/old", "old");
  Tarball good;
  good.file("new", std::string(5000, 'n')).file("more", "m");
  CHECK_FALSE(unpacked(folder, good.cut(4000)));
  CHECK(folder.read("out/app/old") == "old");
  CHECK(folder.names("out") == std::vector<std::string>{"app"});
  REQUIRE(unpacked(folder, good.bytes(), "out/app/"));
  CHECK_FALSE(folder.exists("out/app/old"));
  CHECK(folder.names("out/app").size() == 2);
  CHECK(folder.names("out") == std::vector<std::string>{"app"});
}

TEST_CASE("neither a file nor a symlink is replaced by a folder") {
  const TemporaryFolder folder;
  const auto tar = Tarball().file("a", "a").bytes();
  folder.write("file", "x");
  folder.write("data/kept", "x");
  std::filesystem::create_symlink("data", folder.path("link"));
  CHECK(holds(unpacked(folder, tar, "file").error().message, "is a file"));
  CHECK(holds(unpacked(folder, tar, "link").error().message, "is a symlink"));
  CHECK(holds(unpacked(folder, tar, "link/").error().message, "is a symlink"));
  CHECK(holds(unpack(folder.path("archive"), "").error().message, "path is empty"));
  CHECK(folder.read("data/kept") == "x");
}

TEST_CASE("what is no archive is told so") {
  const TemporaryFolder folder;
  for (const std::string bytes : {"", "hello, world\n", "\x1f\x8b junk", "PK\x03\x04"}) {
    const auto done = unpacked(folder, bytes);
    REQUIRE_FALSE(done);
    CHECK(holds(done.error().message, "the archive can't be read"));
  }
  CHECK_FALSE(unpack(folder.path("none"), folder.path("out/app")));
  CHECK_FALSE(folder.exists("out/app"));
}

TEST_CASE("thousands of files are unpacked") {
  const TemporaryFolder folder;
  Tarball tar;
  for (int i = 0; i < 3'000; ++i)
    tar.file("d" + std::to_string(i / 100) + "/f" + std::to_string(i), std::to_string(i));
  REQUIRE(unpacked(folder, tar.bytes()));
  CHECK(folder.read("out/app/d29/f2999") == "2999");
  CHECK(folder.names("out/app").size() == 30);
}

TEST_CASE("what an unpacking that was killed left is swept by the next") {
  const TemporaryFolder folder;
  folder.write("out/.davit-new-00000000000000000000000000000000/new/half", "x");
  REQUIRE(unpacked(folder, Tarball().file("a", "a").bytes()));
  CHECK(folder.names("out") == std::vector<std::string>{"app"});
}

TEST_CASE("a file is put in its place by one rename") {
  const TemporaryFolder folder;
  const auto from = folder.write("from", "content");
  REQUIRE(place_file(from, folder.path("a/b/app.jar")));
  CHECK(folder.read("a/b/app.jar") == "content");
  CHECK(folder.mode("a/b/app.jar") == 0644);
  REQUIRE(place_file(folder.write("from", "newer"), folder.path("a/b/app.jar"), 0755));
  CHECK(folder.read("a/b/app.jar") == "newer");
  CHECK(folder.mode("a/b/app.jar") == 0755);
  CHECK(folder.names("a/b") == std::vector<std::string>{"app.jar"});
  CHECK(holds(place_file(from, folder.path("a/b")).error().message, "is a folder"));
  CHECK(holds(place_file(from, folder.path("a/b/")).error().message, "is a folder"));
  std::filesystem::create_symlink("app.jar", folder.path("a/b/link"));
  CHECK(holds(place_file(from, folder.path("a/b/link")).error().message, "is a symlink"));
  CHECK_FALSE(place_file(folder.path("none"), folder.path("x")));
  CHECK_FALSE(folder.exists("x"));
}
