// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "core/artifacts/matches.hpp"
#include "core/artifacts/resolve.hpp"
#include "core/artifacts/unpack.hpp"
#include "core/artifacts/version.hpp"
#include "tests/world/git_project.hpp"
#include "tests/world/loopback_server.hpp"

using namespace davit;

namespace {

Artifact declared(const std::string& name, Artifact::Kind kind, const std::string& source) {
  Artifact artifact;
  artifact.name = name;
  artifact.kind = kind;
  artifact.source = source;
  artifact.place = {"web.toml", 3, 1, ""};
  return artifact;
}

// A project whose definition is filled by the story.
struct Story {
  GitProject project;
  Definition definition;
  std::vector<std::pair<std::string, std::string>> given;

  Story& with(const std::string& name, Artifact::Kind kind, const std::string& source) {
    definition.name = "web";
    definition.artifacts.push_back(declared(name, kind, source));
    return *this;
  }
  std::string top() const { return project.folder().path(); }
  Store store() const { return Store(top() + "/.git/davit"); }
  Result<std::vector<ArtifactPin>> resolve(const ArtifactProgress& progress = {}) {
    auto repository = Repository::open(top());
    REQUIRE(repository);
    auto where = store();
    return resolve_artifacts(*repository, where, {definition, project.commit("wip"), top(), given},
                             progress);
  }
  ArtifactPin one() {
    const auto pins = resolve();
    REQUIRE_MESSAGE(pins, (pins ? "" : pins.error().message));
    REQUIRE(pins->size() == 1);
    return pins->front();
  }
  Error error() {
    const auto pins = resolve();
    REQUIRE_FALSE(pins);
    return pins.error();
  }
};

}  // namespace

TEST_CASE("a version is what the pattern leaves open") {
  CHECK(version_of("build/storefront-*.tar.gz", "build/storefront-1.8.3.tar.gz") == "1.8.3");
  CHECK(version_of("app-*-*.zip", "app-1.8-linux.zip") == "1.8-linux");
  CHECK(version_of("app-?.zip", "app-7.zip") == "7");
  CHECK(version_of("build/*/app.jar", "build/x/app.jar") == "app.jar");
  CHECK(version_of("app-*.zip", "other.zip") == "other.zip");
  CHECK(version_of("app-[0-9].zip", "app-7.zip") == "app-7.zip");
  CHECK(version_of("app*.zip", "app.zip") == "app.zip");
  CHECK(version_of("", "a/b.zip") == "b.zip");
}

TEST_CASE("files are found by their pattern, each once") {
  const TemporaryFolder folder;
  folder.write("build/a-1.zip", "1");
  folder.write("build/.a-2.zip", "2");
  folder.write("build/deep/er/a-3.zip", "3");
  std::filesystem::create_directory(folder.path("build/a-4.zip"));
  std::filesystem::create_symlink("a-1.zip", folder.path("build/a-latest.zip"));
  const auto find = [&](const char* pattern) {
    return matching_files(pattern, folder.path()).files;
  };
  using Files = std::vector<std::string>;
  CHECK(find("build/a-*.zip") == Files{"build/a-1.zip"});
  CHECK(find("build/a-l*.zip") == Files{"build/a-latest.zip"});
  CHECK(find("build/.a-*.zip") == Files{"build/.a-2.zip"});
  CHECK(find("**/a-[0-9].zip") == Files{"build/a-1.zip", "build/deep/er/a-3.zip"});
  CHECK(find("build/**/er/*") == Files{"build/deep/er/a-3.zip"});
  CHECK(find("./build//a-1.zip") == Files{"./build/a-1.zip"});
  CHECK(find((folder.path() + "/build/a-?.zip").c_str()) == Files{folder.path("build/a-1.zip")});
  CHECK(find("build/*/none").empty());
  CHECK(find("").empty());
  CHECK(matching_files("build/deep/*/x", folder.path()).searched == "build/deep");
  CHECK(matching_files("none/*", folder.path()).there_is_one == false);
}

TEST_CASE("a file is pinned with its digest, size and version") {
  Story story;
  story.with("app", Artifact::Kind::file, "build/storefront-*.tar.gz");
  story.project.write("build/storefront-1.8.3.tar.gz", "content");
  const auto pin = story.one();
  CHECK(pin.name == "app");
  CHECK(pin.kind == "file");
  CHECK(pin.source == "build/storefront-1.8.3.tar.gz");
  CHECK(pin.version == "1.8.3");
  CHECK(pin.digest == sha256("content"));
  CHECK(pin.size == 7);
  CHECK(pin.files == 1);
  CHECK(story.store().path(pin.digest));
}

TEST_CASE("a link to the newest build is followed, and versioned by what it leads to") {
  Story story;
  story.with("app", Artifact::Kind::file, "build/app-latest.zip");
  story.project.write("build/app-7.zip", "seven");
  std::filesystem::create_symlink("app-7.zip", story.top() + "/build/app-latest.zip");
  CHECK(story.one().digest == sha256("seven"));
  story.definition.artifacts[0].source = "build/app-*.zip";
  CHECK(story.one().version == "7");
}

TEST_CASE("a path of the commit is pinned, whatever the working tree says") {
  Story story;
  story.with("config", Artifact::Kind::git, "./etc/app.toml");
  story.project.write("etc/app.toml", "committed");
  const auto pin = story.one();
  CHECK(pin.kind == "git");
  CHECK(pin.source == "etc/app.toml");
  CHECK(pin.digest == sha256("committed"));
  CHECK(pin.git == story.project.git({"rev-parse", "HEAD:etc/app.toml"}));
  CHECK(pin.version == pin.git.substr(0, 8));
}

TEST_CASE("the same tree gives the same bytes, in any commit and configuration") {
  Story story;
  story.with("migrations", Artifact::Kind::git, "db/migrations/");
  story.project.write("db/migrations/0001.sql", "create\n");
  story.project.write("db/migrations/big/0002.sql", std::string(100'000, 'x'));
  story.project.write("db/migrations/" + std::string(120, 'n') + "/ö.sql", "long");
  std::filesystem::create_symlink("0001.sql", story.top() + "/db/migrations/first");
  const auto pin = story.one();
  CHECK(pin.files == 4);
  CHECK(pin.git == story.project.git({"rev-parse", "HEAD:db/migrations"}));
  story.project.write("elsewhere", "changed");
  story.project.git({"config", "core.autocrlf", "true"});
  story.project.git({"config", "tar.umask", "0077"});
  const auto again = story.one();
  CHECK(again.digest == pin.digest);
  const auto out = story.top() + "/out";
  REQUIRE(unpack(*story.store().path(pin.digest), out));
  CHECK(story.project.folder().read("out/first") == "create\n");
  CHECK(story.project.folder().read("out/" + std::string(120, 'n') + "/ö.sql") == "long");
}

TEST_CASE("the whole tree can be an artifact") {
  Story story;
  story.with("site", Artifact::Kind::git, ".");
  story.project.write("index.html", "hi");
  const auto pin = story.one();
  CHECK(pin.files == 1);
  CHECK(pin.git == story.project.git({"rev-parse", "HEAD^{tree}"}));
}

TEST_CASE("what an address answers is pinned, with its progress told") {
  LoopbackServer server([](const Asked& asked) {
    return asked.path == "/dl/tool-2.zip?sig=hunter22" ? answer(200, "tool") : answer(404, "");
  });
  Story story;
  const auto address = "http://bob:hunter22@127.0.0.1:" + std::to_string(server.port());
  story.with("tool", Artifact::Kind::url, address + "/dl/tool-2.zip?sig=hunter22");
  story.definition.artifacts[0].sha256 = sha256("tool").hex;
  std::int64_t told = 0;
  const auto pins = story.resolve([&](const std::string& name, std::int64_t done, std::int64_t) {
    if (name == "tool") told = done;
  });
  REQUIRE_MESSAGE(pins, (pins ? "" : pins.error().message));
  CHECK(pins->front().source == server.address() + "/dl/tool-2.zip?…");
  CHECK(pins->front().version == "tool-2.zip");
  CHECK(pins->front().digest == sha256("tool"));
  CHECK(told == 4);
}

TEST_CASE("an address of a file is read") {
  Story story;
  const auto path = story.project.write("far/app.zip", "zip");
  story.with("app", Artifact::Kind::url, "file://" + path);
  CHECK(story.one().digest == sha256("zip"));
}

TEST_CASE("the last line that a command prints is a path") {
  Story story;
  story.with("app", Artifact::Kind::command,
             "echo building >&2; echo noise; echo made > made-3.zip; echo made-3.zip; echo");
  const auto pin = story.one();
  CHECK(pin.kind == "command");
  CHECK(pin.source == "made-3.zip");
  CHECK(pin.version == "made-3.zip");
  CHECK(pin.digest == sha256("made\n"));
}

TEST_CASE("what is given takes the place of what is declared") {
  Story story;
  story.with("app", Artifact::Kind::file, "build/app-*.zip");
  story.with("old", Artifact::Kind::github, "acme/tool");
  story.project.write("build/app-1.zip", "1");
  story.project.write("build/app-2.zip", "2");
  story.given = {{"app", story.top() + "/build/app-2.zip"},
                 {"old", "file://" + story.top() + "/build/app-1.zip"}};
  const auto pins = story.resolve();
  REQUIRE_MESSAGE(pins, (pins ? "" : pins.error().message));
  CHECK(pins->at(0).version == "2");
  CHECK(pins->at(0).digest == sha256("2"));
  CHECK(pins->at(1).kind == "url");
}

TEST_CASE("what can't be found says what was looked for and what to do") {
  Story story;
  story.with("app", Artifact::Kind::file, "build/app-*.zip");
  auto error = story.error();
  CHECK(error.message == "artifact app: no file matches build/app-*.zip");
  CHECK(error.hint == "there is no folder build; build it first, or --artifact app=PATH");
  CHECK(error.place.line == 3);
  story.project.write("build/app-1.zip", "1");
  story.project.write("build/app-2.zip", "2");
  error = story.error();
  CHECK(error.message ==
        "artifact app: 2 files match build/app-*.zip: build/app-1.zip, build/app-2.zip");
  CHECK(error.hint == "say which: --artifact app=PATH");
}

TEST_CASE("a path that the commit does not have is told") {
  Story story;
  story.with("a", Artifact::Kind::git, "db/none");
  CHECK(holds(story.error().message, "there is no db/none at commit "));
  story.project.write(".gitignore", "db\n");
  story.project.write("db/none", "x");
  CHECK(holds(story.error().hint, "it is in the working tree"));
  for (const auto* outside : {"../x", "/etc/passwd", "a/../../x"}) {
    story.definition.artifacts[0].source = outside;
    CHECK(holds(story.error().message, "is outside the repository"));
  }
}

TEST_CASE("a wrong digest, a failing command and a lost address are told") {
  LoopbackServer server([](const Asked&) { return answer(404, ""); });
  Story story;
  story.project.write("tool", "other");
  story.with("tool", Artifact::Kind::url, "file://" + story.top() + "/tool");
  story.definition.artifacts[0].sha256 = sha256("tool").hex;
  CHECK(holds(story.error().message, "has sha256 " + sha256("other").hex + ", not "));
  story.definition.artifacts.clear();
  story.with("app", Artifact::Kind::command, "echo no such target >&2; exit 7");
  CHECK(holds(story.error().message, "ended with exit status 7:\nno such target"));
  story.definition.artifacts[0].source = "true";
  CHECK(holds(story.error().message, "`true` printed no path"));
  story.definition.artifacts[0].source = "echo none.zip";
  CHECK(holds(story.error().message, "none.zip: no such file"));
  story.definition.artifacts.clear();
  story.with("app", Artifact::Kind::url, server.address() + "/app");
  CHECK(holds(story.error().message, "/app answered 404"));
}

TEST_CASE("every problem is told at once, and kinds of the future by their name and place") {
  Story story;
  story.with("app", Artifact::Kind::file, "none-*.zip");
  story.with("api", Artifact::Kind::release, "api");
  const auto error = story.error();
  CHECK(holds(error.message, "2 artifacts"));
  CHECK(holds(error.message, "artifact app: no file matches none-*.zip"));
  CHECK(
      holds(error.message, "web.toml:3:1: artifact api: not yet supported: artifact kind release"));
}

TEST_CASE("an override of what is not declared is misused") {
  Story story;
  story.with("storefront", Artifact::Kind::file, "x");
  story.given = {{"storefrnt", "a"}};
  const auto error = story.error();
  CHECK(error.failure == Failure::misused);
  CHECK(error.message == "web has no artifact storefrnt");
  CHECK(error.hint == "did you mean storefront?");
  story.given = {{"storefront", "a"}, {"storefront", "b"}};
  CHECK(holds(story.error().message, "given twice"));
}
