// SPDX-License-Identifier: MIT
#include "core/deployment/checkout.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "core/artifacts/aside.hpp"
#include "core/process/process.hpp"

namespace davit {

namespace {

Outcome git(Repository& repository, const std::string& index, const std::string& folder,
            std::vector<std::string> arguments) {
  std::vector<std::string> all{"git",
                               "--git-dir=" + repository.git_directory(),
                               "--work-tree=" + folder,
                               "-c",
                               "core.bare=false",
                               "-c",
                               "advice.detachedHead=false"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  DAVIT_TRY(const auto finished, run({.arguments = std::move(all),
                                      .directory = folder,
                                      .environment = {{"GIT_INDEX_FILE", index}, {"LC_ALL", "C"}},
                                      .without = {"GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX"}}));
  if (finished.status == 0) return Done{};
  return Error{fmt::format("cannot check out the release's files: {}",
                           finished.errors.substr(0, finished.errors.find('\n'))),
               "git fsck may say more"};
}

}  // namespace

Outcome check_out(Repository& repository, const std::string& commit, const std::string& folder) {
  DAVIT_CHECK(make_folders(folder));
  const auto index = folder + ".index";
  ::unlink((index + ".lock").c_str());
  DAVIT_CHECK(git(repository, index, folder, {"read-tree", "--reset", commit}));
  DAVIT_CHECK(git(repository, index, folder, {"checkout-index", "--all", "--force"}));
  ::unlink(index.c_str());
  return Done{};
}

}  // namespace davit
