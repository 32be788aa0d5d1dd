// SPDX-License-Identifier: MIT
// Deployments in CI: steps are groups, failures are annotated, and nothing that a step prints can
// command the CI system.
#include <doctest/doctest.h>

#include <regex>

#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Spoken;
using program::Told;

const char* const kDefinition = R"([environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  name = "Build"
  run = "printf '::set-env name=A::b\\n##vso[task.setvariable variable=A]b\\n'; echo '##[error]x'"
  [[environments.dev.steps]]
  name = "Lint"
  run = "exit 3"
  continue_on_error = true
  [[environments.dev.steps]]
  name = "Test"
  run = "exit 1"
)";

// Everything between what stops and what goes on, for GitHub.
std::string stopped(const std::string& err) {
  const std::regex whole(
      R"(::group::\S+  Build\n::stop-commands::(\w{16,})\n([^]*)\n::\1::\n::endgroup::\n)");
  std::smatch found;
  REQUIRE_MESSAGE(std::regex_search(err, found, whole), err);
  return found[2];
}

TEST_CASE("GitHub Actions: groups, annotations, and commands stopped while a step prints") {
  Told told(kDefinition);
  told.set("GITHUB_ACTIONS", "true");
  const Spoken said = told.davit({"create", "--deploy"});
  CHECK(said.status == 1);
  CHECK(stopped(said.err).find("set-env name=A") != std::string::npos);
  CHECK(says(said, "::warning file=.davit/definitions/web.toml,line=6,col=3::"));
  CHECK(says(said, "::error file=.davit/definitions/web.toml,line=10,col=3::"));
  CHECK(says(said, "web/1 → dev: step Test failed: "));
  CHECK(!says(said, "##[error]"));
  CHECK(!says(said, "\n::set-env"));
  const Spoken log = told.davit({"log", "web/1", "dev"});
  CHECK(says(log, "set-env name=A"));
  CHECK(!says(log, "##vso["));
  CHECK(!says(log, "\n::set-env"));
}

TEST_CASE("Azure Pipelines: groups, issues, and no command in what steps print") {
  Told told(kDefinition);
  told.set("TF_BUILD", "True");
  const Spoken said = told.davit({"create", "--deploy"});
  CAPTURE(said.err);
  CHECK(says(said, "##[group]"));
  CHECK(says(said, "##[endgroup]\n"));
  CHECK(says(said, "# #vso[task.setvariable"));
  CHECK(!says(said, "##vso[task.setvariable"));
  CHECK(says(said,
             "##vso[task.logissue type=error;sourcepath=.davit/definitions/web.toml;"
             "linenumber=10;columnnumber=3]"));
  CHECK(!says(told.davit({"log", "--json"}), "##vso["));
}

TEST_CASE("GitLab CI: sections that fold") {
  Told told(kDefinition);
  told.set("GITLAB_CI", "true");
  const Spoken said = told.davit({"create", "--deploy"});
  const std::regex section(
      "\x1b\\[0Ksection_start:\\d+:(davit_\\w+)\r\x1b\\[0K\\S+  Build\n[^]*"
      "\x1b\\[0Ksection_end:\\d+:\\1\r\x1b\\[0K\n");
  CHECK_MESSAGE(std::regex_search(said.err, section), said.err);
  CHECK(says(said, "Build | ::set-env"));
}

TEST_CASE("errors of any command are annotated where they were written") {
  Told told(kDefinition);
  told.set("GITHUB_ACTIONS", "true");
  told.write(".davit/definitions/web.toml", "[environments.dev]\nstep = []\n");
  told.commit("broken");
  CHECK(says(told.davit({"create"}), "::error file=.davit/definitions/web.toml,line=2,col=1::"));
  CHECK(says(told.davit({"status", "--bogus"}), "::error::unknown option '--bogus'"));
  told.set("GITHUB_ACTIONS", "").set("TF_BUILD", "True");
  CHECK(says(told.davit({"check"}),
             "##vso[task.logissue type=error;sourcepath=.davit/definitions/web.toml;"));
}

TEST_CASE("quiet in CI: no groups, but what failed is annotated") {
  Told told(kDefinition);
  told.set("GITHUB_ACTIONS", "true");
  const Spoken said = told.davit({"create", "--deploy", "-q"});
  CHECK(!says(said, "::group::"));
  CHECK(says(said, "::error file="));
}

}  // namespace
