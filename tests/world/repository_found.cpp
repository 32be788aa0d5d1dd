// SPDX-License-Identifier: MIT
// Finding the repository, as git finds it.
#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/git/repository.hpp"
#include "tests/world/scratch.hpp"

using namespace davit;
using davit::tests::Scratch;

namespace {

Repository opened(const std::string& directory) {
  auto repository = Repository::open(directory);
  REQUIRE_MESSAGE(repository.has_value(), repository.error().message);
  return std::move(repository).value();
}

Error refused(const std::string& directory) {
  const auto repository = Repository::open(directory);
  REQUIRE(!repository.has_value());
  return repository.error();
}

// Sets variables as a hook would, and takes them back.
class Environment {
 public:
  explicit Environment(std::vector<std::pair<const char*, std::string>> variables)
      : variables_(std::move(variables)) {
    for (const auto& [name, value] : variables_) setenv(name, value.c_str(), 1);
  }
  ~Environment() {
    for (const auto& [name, value] : variables_) unsetenv(name);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  std::vector<std::pair<const char*, std::string>> variables_;
};

}  // namespace

TEST_CASE("a repository is found from its top level and from any folder below it") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.write("shop/a/b/file", "");
  for (const auto* from : {"shop", "shop/a/b"}) {
    const auto repository = opened(scratch.path(from));
    CHECK(repository.top_level() == scratch.path("shop"));
    CHECK(repository.git_directory() == scratch.path("shop/.git"));
    CHECK(repository.common_directory() == scratch.path("shop/.git"));
    CHECK(repository.private_directory() == scratch.path("shop/.git/davit"));
    CHECK(!repository.bare());
  }
}

TEST_CASE("a linked worktree shares the common directory") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.git("shop", {"worktree", "add", "--quiet", scratch.path("other")});
  auto repository = opened(scratch.path("other"));
  CHECK(repository.top_level() == scratch.path("other"));
  CHECK(repository.git_directory() == scratch.path("shop/.git/worktrees/other"));
  CHECK(repository.common_directory() == scratch.path("shop/.git"));
  CHECK(repository.branch().value() == "other");
  CHECK(repository.blob("HEAD:greeting").value() == "hello\n");
}

TEST_CASE("a bare repository has no top level") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.git("", {"clone", "--quiet", "--bare", scratch.path("shop"), scratch.path("shop.git")});
  auto repository = opened(scratch.path("shop.git"));
  CHECK(repository.bare());
  CHECK(repository.common_directory() == scratch.path("shop.git"));
  CHECK(repository.blob("HEAD:greeting").value() == "hello\n");
}

TEST_CASE("what a pre-commit hook sets is honoured: its repository, and its index") {
  const Scratch scratch;
  scratch.repository("shop");
  scratch.repository("elsewhere");
  scratch.write("shop/.davit/web.toml", "committed with -a");
  const Environment other_index{{{"GIT_INDEX_FILE", scratch.path("shop/.git/next-index")}}};
  scratch.git("shop", {"add", ".davit/web.toml"});
  const Environment hook{{{"GIT_DIR", scratch.path("shop/.git")},
                          {"GIT_WORK_TREE", scratch.path("shop")},
                          {"GIT_PREFIX", "somewhere/"}}};
  auto repository = opened(scratch.path("elsewhere"));
  CHECK(repository.top_level() == scratch.path("shop"));
  const auto staged = repository.staged(".davit");
  REQUIRE(staged.has_value());
  REQUIRE(staged->size() == 1);
  CHECK(staged->front().first == ".davit/web.toml");
  CHECK(repository.blob(staged->front().second).value() == "committed with -a");
}

TEST_CASE("a relative GIT_DIR and index, as git's own hooks get them, are honoured") {
  const Scratch scratch;
  scratch.repository("shop");
  const auto here = std::filesystem::current_path();
  std::filesystem::current_path(scratch.path("shop"));
  {
    const Environment hook{{{"GIT_DIR", ".git"}, {"GIT_INDEX_FILE", ".git/index"}}};
    auto repository = opened("");
    CHECK(repository.top_level() == scratch.path("shop"));
    const auto staged = repository.staged("");
    REQUIRE_MESSAGE(staged.has_value(), staged.error().message);
    CHECK(staged->size() == 1);
  }
  std::filesystem::current_path(here);
}

TEST_CASE("a hook of a push into a repository with a working tree has no top level") {
  const Scratch scratch;
  scratch.repository("shop");
  const auto here = std::filesystem::current_path();
  std::filesystem::current_path(scratch.path("shop/.git"));
  {
    const Environment hook{{{"GIT_DIR", "."}}};
    auto repository = opened("");
    CHECK(repository.bare());
    CHECK(!repository.in_quarantine());
    CHECK(repository.blob("HEAD:greeting").value() == "hello\n");
  }
  std::filesystem::current_path(here);
}

TEST_CASE("inside a quarantine new objects are seen, and it is known to be one") {
  const Scratch scratch;
  scratch.repository("shop");
  std::filesystem::create_directories(scratch.path("quarantine"));
  const Environment hook{{{"GIT_QUARANTINE_PATH", scratch.path("quarantine")},
                          {"GIT_OBJECT_DIRECTORY", scratch.path("quarantine")},
                          {"GIT_ALTERNATE_OBJECT_DIRECTORIES", scratch.path("shop/.git/objects")}}};
  const auto pushed = scratch.git("shop", {"hash-object", "-w", "--stdin"}, "new");
  auto repository = opened(scratch.path("shop"));
  CHECK(repository.in_quarantine());
  CHECK(repository.blob(pushed).value() == "new");
  CHECK(repository.blob("HEAD:greeting").value() == "hello\n");
}

TEST_CASE("outside of any repository the way in is named") {
  const Scratch scratch;
  const auto error = refused(scratch.path());
  CHECK(error.message == "not in a git repository");
  CHECK(error.hint == "go to one, or make one with `git init`");
}

TEST_CASE("a GIT_DIR that leads nowhere is named") {
  const Scratch scratch;
  const Environment hook{{{"GIT_DIR", "/no/such/place"}}};
  const auto error = refused(scratch.path());
  CHECK(error.message == "not a git repository: '/no/such/place'");
  CHECK(error.hint == "GIT_DIR leads there; unset it, or set it to a repository");
}

TEST_CASE("a repository of SHA-256 or reftable is refused by name") {
  const Scratch scratch;
  scratch.git("", {"init", "--quiet", "--object-format=sha256", scratch.path("sha256")});
  CHECK(refused(scratch.path("sha256")).message ==
        "this repository names its objects by sha256, which davit can't read");
  scratch.repository("shop");
  scratch.git("shop", {"config", "core.repositoryformatversion", "1"});
  scratch.git("shop", {"config", "extensions.refstorage", "reftable"});
  CHECK(refused(scratch.path("shop")).message ==
        "this repository keeps its refs as reftable, which davit can't read");
}

TEST_CASE("a repository of somebody else is refused in git's words, with git's way out") {
  if (geteuid() != 0) return;  // only root can give a folder away
  const Scratch scratch;
  scratch.repository("shop");
  for (const auto* name : {"shop", "shop/.git"})
    REQUIRE(chown(scratch.path(name).c_str(), 65534, 65534) == 0);
  const Environment not_by_sudo{{{"SUDO_UID", ""}}};
  const auto error = refused(scratch.path("shop"));
  CHECK(error.message ==
        "git does not trust this repository: detected dubious ownership in repository at '" +
            scratch.path("shop") + "'");
  CHECK(error.hint ==
        "if you do: git config --global --add safe.directory " + scratch.path("shop"));
  scratch.write("config", "[safe]\n\tdirectory = *\n");
  const Environment trusting{{{"GIT_CONFIG_GLOBAL", scratch.path("config")}}};
  CHECK(opened(scratch.path("shop")).top_level() == scratch.path("shop"));
}
