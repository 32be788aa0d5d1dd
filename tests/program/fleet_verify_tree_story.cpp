// SPDX-License-Identifier: MIT
// `status --verify` looks into trees that were unpacked on targets. Real sshd.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/program/trees.hpp"

namespace {

namespace fs = std::filesystem;
using davit::Tarball;
using program::odd_tree;
using program::release_tree;
using program::says;
using program::Site;
using program::Spoken;
using program::unpacking;

const char* const kApp = "releases/1";

// Release 1 with this tree, live on so many targets.
struct Brought : Site {
  Brought(int hosts, const Tarball& tar, const std::string& more = "")
      : Site(hosts, unpacking(std::string(kApp) + "/", "file = \"app.tar\"\n" + more)) {
    release_tree(*this, tar);
    const Spoken run = told.davit({"run"});
    REQUIRE_MESSAGE(run.status == 0, run.err);
  }
  std::string at(int host, const std::string& file) const {
    return fleet.home(host) + "/" + kApp + "/" + file;
  }
  Spoken verify(const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"status", "--verify", "web", "dev"};
    words.insert(words.end(), more.begin(), more.end());
    return told.davit(words);
  }
};

TEST_CASE("a tree that is as it was sent is said to be") {
  Brought site(2, odd_tree("one"));
  const Spoken seen = site.verify();
  CHECK_MESSAGE(seen.status == 0, seen.out);
  CHECK(says(seen, "✔ releases/1"));
  CHECK(says(site.verify({"--json"}), R"("trees":[{"path":"releases/1","wanted":")"));
}

TEST_CASE("what of a tree is not as it was sent is named and counted") {
  Brought site(7, odd_tree("one"));
  site.fleet.write(1, "releases/1/app/text", "two");
  fs::remove(site.at(2, "app/deep/down/here"));
  fs::remove(site.at(2, "app/a\nb"));
  site.fleet.write(3, "releases/1/app/deep/new\none", "");
  fs::remove(site.at(4, "app/link"));
  fs::create_symlink("elsewhere", site.at(4, "app/link"));
  fs::permissions(site.at(5, "app/run"), fs::perms(0700));
  fs::permissions(site.at(5, "app/empty"), fs::perms(0755));
  fs::remove_all(site.at(6, ""));
  fs::remove(site.at(7, "app/back\\slash"));
  fs::create_symlink("text", site.at(7, "app/back\\slash"));
  const Spoken seen = site.verify();
  CHECK(seen.status == 1);
  CHECK(says(seen, "✘ 127.0.1.1: releases/1/app/text has changed\n"));
  CHECK(says(seen, "✘ 127.0.1.2: releases/1/app/a\\nb is missing, the first of 2 that differ\n"));
  CHECK(says(seen, "✘ 127.0.1.3: releases/1/app/deep/new\\none was added\n"));
  CHECK(says(seen, "✘ 127.0.1.4: releases/1/app/link has changed\n"));
  CHECK(says(seen, "✘ 127.0.1.5: releases/1/app/empty has changed, the first of 2 that differ\n"));
  CHECK(says(seen, "✘ 127.0.1.6: releases/1 is no folder\n"));
  CHECK(says(seen, "✘ 127.0.1.7: releases/1/app/back\\slash has changed\n"));
  CHECK(says(site.verify({"--json"}), R"("differ":2,"first":"app/a\nb","how":"missing"})"));
  REQUIRE(site.told.davit({"redeploy", "web/1", "dev", "--yes"}).status == 0);
  const Spoken after = site.verify();
  CHECK_MESSAGE(after.status == 0, after.out);
}

TEST_CASE("a tree is looked into by a shell that reads its input byte by byte, too") {
  Brought site(1, odd_tree("one"));
  site.fleet.shell("exec bash");
  CHECK(site.verify().status == 0);
  site.fleet.write(1, "releases/1/app/text", "two");
  site.fleet.write(1, "releases/1/new", "");
  const Spoken seen = site.verify();
  CHECK(seen.status == 1);
  CHECK(says(seen, "releases/1/app/text has changed, the first of 2 that differ"));
}

TEST_CASE("a link that davit put into a tree is no drift of the tree") {
  Brought site(1, odd_tree("one"));
  site.told.write(".davit/definitions/web.toml",
                  unpacking("releases/{release}", "file = \"app.tar\"\n") +
                      "[[environments.dev.steps]]\nlink = \"releases/{release}/deep/shared\"\n"
                      "to = \"shared\"\n");
  site.told.commit("a link");
  fs::create_directory(site.fleet.home(1) + "/shared");
  release_tree(site, odd_tree("two"));
  REQUIRE(site.told.davit({"run"}).status == 0);
  const Spoken seen = site.verify();
  CHECK_MESSAGE(seen.status == 0, seen.out);
}

TEST_CASE("a tree whose artifact is not in this clone is said not to be looked into") {
  Brought site(2, odd_tree("one"));
  fs::remove_all(site.told.path(".git/davit/artifacts"));
  const Spoken seen = site.verify();
  CHECK(seen.status == 8);
  CHECK(says(seen, "releases/1 ?"));
  CHECK(says(seen, "? releases/1 could not be looked into: artifact app: "));
  CHECK_FALSE(says(seen, "✘"));
}

TEST_CASE("three of ten thousand files") {
  Tarball tar;
  for (int file = 0; file < 10000; ++file)
    tar.file("lib/" + std::to_string(file % 100) + "/module " + std::to_string(file),
             "module " + std::to_string(file));
  Brought site(2, tar);
  CHECK(site.verify().status == 0);
  site.fleet.write(2, "releases/1/lib/1/module 4201", "changed");
  site.fleet.write(2, "releases/1/lib/77/module 4277", "changed");
  fs::remove(site.at(2, "lib/3/module 3"));
  const Spoken seen = site.verify();
  CHECK(seen.status == 1);
  CHECK(says(seen, "✘ 127.0.1.2: releases/1/lib/1/module 4201 has changed, the first of 3"));
  CHECK_FALSE(says(seen, "✘ 127.0.1.1"));
}

}  // namespace
