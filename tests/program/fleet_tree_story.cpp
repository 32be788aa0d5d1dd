// SPDX-License-Identifier: MIT
// Uploads of trees to targets: archives, and paths of the repository.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/program/trees.hpp"

namespace {

namespace fs = std::filesystem;
using davit::Tarball;
using program::odd_tree;
using program::on_targets;
using program::release_tree;
using program::says;
using program::Site;
using program::Spoken;
using program::unpacking;

std::string file_of(const Site& site, int host, const std::string& file) {
  return site.fleet.read(host, file);
}

unsigned mode_of(const Site& site, int host, const std::string& file) {
  struct stat status {};
  return ::stat((site.fleet.home(host) + "/" + file).c_str(), &status) == 0 ? status.st_mode & 07777
                                                                            : 0;
}

void check_tree(const Site& site, int host, const std::string& folder, const std::string& text) {
  const auto app = folder + "/app/";
  CHECK(file_of(site, host, app + "text") == text);
  CHECK(mode_of(site, host, app + "text") == 0644);
  CHECK(mode_of(site, host, app + "run") == 0755);
  CHECK(mode_of(site, host, app + "empty") == 0700);
  CHECK(mode_of(site, host, app + "back\\slash") == 0600);
  CHECK(file_of(site, host, app + "-rf") == "dash");
  CHECK(file_of(site, host, app + "it's \"so\" $(id)") == "quotes");
  CHECK(file_of(site, host, app + "a\nb") == "newline");
  CHECK(file_of(site, host, app + "link") == "deep");
  CHECK(file_of(site, host, app + "deep/up") == text);
  CHECK(file_of(site, host, app + "same") == "#!/bin/sh\necho ran\n");
  CHECK(file_of(site, host, app + std::string(200, 'x') + "/" + std::string(200, 'y')) == "long");
  CHECK(fs::is_symlink(site.fleet.home(host) + "/" + app + "link"));
}

std::size_t count_beside(const Site& site, int host, const std::string& folder) {
  std::error_code error;
  const fs::directory_iterator all(site.fleet.home(host) + "/" + folder, error);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST_CASE("a tree comes whole, whatever its names, and the next one brings what differs") {
  Site site(2, unpacking("releases/{release}"));
  release_tree(site, odd_tree("one"));
  const Spoken first = site.told.davit({"run"});
  CHECK_MESSAGE(first.status == 0, first.err);
  for (int host = 1; host <= 2; ++host) check_tree(site, host, "releases/1", "one");
  release_tree(site, odd_tree("another"));
  const Spoken second = site.told.davit({"run"});
  CHECK_MESSAGE(second.status == 0, second.err);
  for (int host = 1; host <= 2; ++host) {
    check_tree(site, host, "releases/2", "another");
    check_tree(site, host, "releases/1", "one");
    CHECK(count_beside(site, host, "releases") == 2);
  }
  // Neither its large file nor much else of it.
  CHECK(says(site.told.davit({"log", "web/2", "dev"}), " bytes of 0.3 MB"));
}

TEST_CASE("a tree that is there is not sent, and one that was changed is put right") {
  Site site(1, unpacking("app"));
  release_tree(site, odd_tree("one"));
  CHECK(site.told.davit({"run"}).status == 0);
  const auto again = [&] {
    const Spoken run = site.told.davit({"redeploy", "web/1", "dev"});
    CHECK_MESSAGE(run.status == 0, run.err);
    check_tree(site, 1, "app", "one");
    CHECK(count_beside(site, 1, "app") == 1);
    const auto log = site.told.davit({"log", "web/1", "dev"}).out;
    return log.find("it is there already") != std::string::npos;
  };
  CHECK(again());
  const auto there = site.fleet.home(1) + "/app/app/";
  SUBCASE("a file's content") { site.fleet.write(1, "app/app/text", "two"); }
  SUBCASE("a file's mode") { ::chmod((there + "run").c_str(), 0644); }
  SUBCASE("a file too many") { site.fleet.write(1, "app/more", "more"); }
  SUBCASE("a file too few") { fs::remove(there + "a\nb"); }
  SUBCASE("a link") {
    fs::remove(there + "link");
    fs::create_symlink("text", there + "link");
  }
  SUBCASE("a folder in place of a file") {
    fs::remove(there + "-rf");
    fs::create_directory(there + "-rf");
  }
  CHECK_FALSE(again());
  CHECK_FALSE(fs::exists(site.fleet.home(1) + "/app/more"));
}

TEST_CASE("a path of the repository comes as a tree") {
  Site site(2, unpacking("site", "git = \"public\""));
  site.told.write("public/index.html", "<h1>shop</h1>");
  site.told.write("public/bin/run", "#!/bin/sh\n", 0755);
  site.told.commit("public");
  REQUIRE(site.told.davit({"create"}).status == 0);
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  for (int host = 1; host <= 2; ++host) {
    CHECK(site.fleet.read(host, "site/index.html") == "<h1>shop</h1>");
    CHECK(mode_of(site, host, "site/bin/run") == 0755);
  }
}

// A host with these programs, and none else.
void only_programs(Site& site, const std::string& programs) {
  const auto folder = site.fleet.home(1) + "-programs";
  fs::remove_all(folder);
  fs::create_directory(folder);
  const auto usual = " sh head tar mkdir rm mv cat chmod cut find wc printf tr sync readlink";
  const auto found = site.told.run({"sh", "-c",
                                    "cd \"$0\" && for name in" + (usual + (" " + programs)) +
                                        "; do way=$(command -v env) && way=${way%/*}/$name; [ ! -e "
                                        "\"$way\" ] || ln -s \"$way\"; done",
                                    folder});
  REQUIRE_MESSAGE(found.status == 0, found.err);
  site.fleet.shell("PATH=" + folder + "; exec sh");
}

TEST_CASE("whatever sums up on a host is good enough, and without any nothing is sent") {
  Site site(1, unpacking("app"));
  release_tree(site, odd_tree("one"));
  only_programs(site, "");
  const Spoken without = site.told.davit({"run"});
  CHECK(without.status == 1);
  CHECK(says(without, "uploads need sha256sum, shasum or openssl, which it lacks"));
  for (const std::string program : {"sha256sum", "shasum", "openssl"}) {
    CAPTURE(program);
    only_programs(site, program + " perl");
    if (!fs::exists(site.fleet.home(1) + "-programs/" + program)) continue;
    fs::remove_all(site.fleet.home(1) + "/app");
    const Spoken run = site.told.davit({"redeploy", "web/1", "dev", "-y"});
    CHECK_MESSAGE(run.status == 0, run.err);
    check_tree(site, 1, "app", "one");
  }
}

TEST_CASE("an archive that leads out of its folder goes nowhere") {
  Site site(1, unpacking("app"));
  Tarball tar;
  SUBCASE("up") { tar.file("../out", "out"); }
  SUBCASE("by a link") { tar.symlink("link", "../..").file("link/out", "out"); }
  SUBCASE("through a link in it") {
    tar.folder("real").symlink("link", "real").file("link/out", "out");
  }
  SUBCASE("a device") { tar.special("null", '3'); }
  release_tree(site, tar.file("last", "last"));
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "of the archive"));
  CHECK(count_beside(site, 1, "") == 0);
}

TEST_CASE("what is in the way of a tree is left as it is") {
  Site site(2, unpacking("app"));
  release_tree(site, odd_tree("one"));
  fs::create_directory(site.fleet.home(1) + "/precious");
  fs::create_symlink("precious", site.fleet.home(1) + "/app");
  site.fleet.write(2, "app", "a file");
  const Spoken run = site.told.davit({"run", "--verbose"});
  CHECK(run.status == 1);
  CHECK(says(run, "app is a symlink, which an upload does not replace"));
  CHECK(says(run, "app is a file, and the artifact is unpacked to a folder"));
  CHECK(count_beside(site, 1, "precious") == 0);
  CHECK(site.fleet.read(2, "app") == "a file");
}

TEST_CASE("a tree is cut or killed in its middle: what came is kept, and the rest is sent") {
  Site site(1, unpacking("releases/{release}"));
  Tarball tar;
  for (int file = 0; file < 200; ++file)
    tar.file("file" + std::to_string(file), std::string(20000, static_cast<char>('a' + file % 26)));
  release_tree(site, tar);
  site.fleet.program("head",
                     "[ ! -e ~/once ] || exec /usr/bin/head \"$@\"\ntouch ~/once\n"
                     "/usr/bin/head -c 2000000\necho came >>~/did\nexec sleep 600\n");
  SUBCASE("cut") {
    auto running = site.told.start_davit({"run"});
    site.wait_for(1, "did", "came");
    site.fleet.cut();
    const Spoken run = running.wait();
    CHECK_MESSAGE(run.status == 0, run.err);
  }
  SUBCASE("killed") {
    {
      auto running = site.told.start_davit({"run"});
      site.wait_for(1, "did", "came");
      running.kill(SIGKILL);
      running.wait();
    }
    const Spoken resumed = site.told.davit({"resume", "web/1", "dev"});
    CHECK_MESSAGE(resumed.status == 0, resumed.err);
    CHECK(says(site.told.davit({"log", "web/1", "dev"}), "sent 2."));
  }
  for (int file = 0; file < 200; ++file)
    CHECK(site.fleet.read(1, "releases/1/file" + std::to_string(file)) ==
          std::string(20000, static_cast<char>('a' + file % 26)));
  CHECK(count_beside(site, 1, "releases") == 1);
}

TEST_CASE("a disk that is full leaves the tree that was there, and nothing else") {
  Site site(1, unpacking("app"));
  release_tree(site, Tarball().file("text", "one"));
  CHECK(site.told.davit({"run"}).status == 0);
  release_tree(site, Tarball().file("text", "two").file("large", std::string(5000000, 'l')));
  site.fleet.shell("trap '' XFSZ; ulimit -f 2000; exec sh");
  const Spoken run = site.told.davit({"run"});
  CHECK(run.status == 1);
  CHECK(says(run, "it could not be taken in: "));
  CHECK(site.fleet.read(1, "app/text") == "one");
  CHECK(count_beside(site, 1, "app") == 1);
  CHECK(count_beside(site, 1, "") == 2);  // and davit's own folder
}

TEST_CASE("a later deployment comes while an older runner's tree is on its way") {
  Site site(1, unpacking("app"));
  release_tree(site, Tarball().file("text", "one"));
  site.fleet.program("sync", "mkdir -p ~/" + site.kept("fences/web/dev/1000") + "\n");
  CHECK(says(site.told.davit({"run"}), "a later deployment (lease 1000) has been here"));
  CHECK_FALSE(fs::exists(site.fleet.home(1) + "/app"));
}

TEST_CASE("modes are the archive's where a shell takes no leading zero for octal") {
  Site site(1, unpacking("app"));
  release_tree(site, odd_tree("one"));
  site.fleet.shell("exec mksh");
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  check_tree(site, 1, "app", "one");
  const Spoken seen = site.told.davit({"status", "--verify"});
  CHECK_MESSAGE(seen.status == 0, seen.out);
  CHECK(site.told.davit({"redeploy", "web/1", "dev"}).status == 0);
  CHECK(says(site.told.davit({"log", "web/1", "dev"}), "it is there already"));
}

TEST_CASE("ten thousand files, and then one of them") {
  Site site(2, unpacking("releases/{release}"));
  const auto tree = [](const std::string& last) {
    Tarball tar;
    for (int file = 0; file < 10000; ++file)
      tar.file("lib/" + std::to_string(file % 100) + "/module " + std::to_string(file),
               "module " + std::to_string(file));
    return tar.file("last", last);
  };
  for (const char* last : {"one", "two"}) {
    release_tree(site, tree(last));
    const Spoken run = site.told.davit({"run"});
    CHECK_MESSAGE(run.status == 0, run.err);
  }
  for (int host = 1; host <= 2; ++host) {
    CHECK(site.fleet.read(host, "releases/2/last") == "two");
    CHECK(site.fleet.read(host, "releases/2/lib/77/module 4277") == "module 4277");
  }
}

}  // namespace
