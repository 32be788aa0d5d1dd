// SPDX-License-Identifier: MIT
// `status --verify`: what is recorded beside what targets hold. Real sshd, real OpenSSH client.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;

namespace fs = std::filesystem;

const char* const kLinked = R"(
  [[environments.dev.steps]]
  name = "Make"
  run = "mkdir -p releases/$DAVIT_RELEASE_NUMBER; test ! -e bad"
  [[environments.dev.steps]]
  link = "current"
  to = "releases/{release}"
)";

// Release 1 is live on three targets.
struct Well : Site {
  explicit Well(const std::string& lines = "") : Site(3, on_targets(kLinked, lines)) {
    REQUIRE(told.davit({"run"}).status == 0);
  }
  Spoken verify() { return told.davit({"status", "--verify", "web", "dev"}); }
};

TEST_CASE("targets that are as recorded are said to be") {
  Well site;
  const Spoken seen = site.verify();
  CHECK_MESSAGE(seen.status == 0, seen.out);
  CHECK(says(seen, "web/1 in dev"));
  CHECK(says(seen, "✔ current → releases/1"));
  const Spoken all = site.told.davit({"status", "--verify"});
  CHECK_MESSAGE(all.status == 0, all.out, all.err);
  CHECK(says(site.told.davit({"status", "--verify", "--json"}),
             R"("links":[{"path":"current","wanted":"releases/1","found":"releases/1"}])"));
}

TEST_CASE("drift is told, target by target, and what can't be asked apart from it") {
  Well site;
  fs::remove(site.fleet.home(1) + "/current");
  fs::create_directory_symlink("elsewhere", site.fleet.home(2) + "/next");
  fs::rename(site.fleet.home(2) + "/next", site.fleet.home(2) + "/current");
  fs::remove(site.fleet.home(3) + "/" + site.kept("receipts/web/dev/127.0.1.3"));
  const Spoken seen = site.verify();
  CHECK(seen.status == 1);
  CHECK(says(seen, "✘ 127.0.1.1: current is no link"));
  CHECK(says(seen, "✘ 127.0.1.2: current leads to elsewhere, not to releases/1"));
  CHECK(says(seen, "✘ 127.0.1.3: it remembers no deployment"));
  CHECK(says(seen, "davit redeploy web/1 dev"));
  REQUIRE(site.told.davit({"redeploy", "web/1", "dev", "--yes"}).status == 0);
  CHECK(site.verify().status == 0);
}

TEST_CASE("what failed on a target and stayed there is drift") {
  Well site("rollout = { batches = [\"1\"] }\n");
  site.told.davit({"create"});
  site.fleet.write(2, "bad", "");
  CHECK(site.told.davit({"run"}).status == 1);
  const Spoken seen = site.verify();
  CHECK(seen.status == 1);
  CHECK(says(seen, "✘ 127.0.1.1: it has web/2, and web/1 is live"));
  CHECK(says(seen, "✘ 127.0.1.2: it has web/2, and web/1 is live"));
  CHECK_FALSE(says(seen, "✘ 127.0.1.3"));
  fs::remove(site.fleet.home(2) + "/bad");
  CHECK(site.told.davit({"rollback", "web", "dev", "--yes"}).status == 0);
  const Spoken after = site.verify();
  CHECK_MESSAGE(after.status == 0, after.out);
}

TEST_CASE("a file that was changed where it was uploaded is drift") {
  Site site(2, on_targets("  [[environments.dev.steps]]\n  upload = \"app\"\n  to = \"bin/app\"\n"
                          "[artifacts.app]\nfile = \"app.bin\"\n"));
  site.told.write("app.bin", "one");
  site.told.davit({"create"});
  REQUIRE(site.told.davit({"run"}).status == 0);
  CHECK(site.told.davit({"status", "--verify"}).status == 0);
  site.fleet.write(2, "bin/app", "two");
  const Spoken seen = site.told.davit({"status", "--verify"});
  CHECK(seen.status == 1);
  CHECK(says(seen, "✘ 127.0.1.2: bin/app is not the file that was put there"));
  fs::remove(site.fleet.home(1) + "/bin/app");
  CHECK(says(site.told.davit({"status", "--verify"}), "✘ 127.0.1.1: bin/app is no file"));
}

TEST_CASE("a target that can't be asked is no drift") {
  Well site;
  site.fleet.stop();
  const Spoken seen = site.verify();
  CHECK(seen.status == 8);
  CHECK(says(seen, "? 127.0.1.1 could not be asked: "));
  CHECK_FALSE(says(seen, "✘"));
  site.fleet.start();
}

TEST_CASE("what is verified needs nothing that was said wrongly") {
  Well site;
  CHECK(site.told.davit({"status", "--verify", "--watch"}).status == 2);
  CHECK(site.told.davit({"status", "--verify", "web/1"}).status == 2);
  CHECK(site.told.davit({"status", "--verify", "web", "prod"}).status == 2);
}

}  // namespace
