// SPDX-License-Identifier: MIT
// Steps in their order: what runs, what does not, and how each ends.
#include <doctest/doctest.h>

#include <filesystem>

#include "core/digest/digest.hpp"
#include "tests/world/runner_stage.hpp"

namespace davit {
namespace {

using stage::Stage;
using stage::text;
using End = RunReport::End;

TEST_CASE("runner: steps run in order, and are told line by line") {
  Stage stage;
  stage.run("Build", "echo building; echo careful >&2; printf 'no end'");
  stage.run("Test", "pwd");
  const auto report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(report.ended == Ended::succeeded);
  CHECK(text(report.steps) == "Build succeeded, Test succeeded");
  for (const auto* told : {"start Build 1", "Build| building", "Build! careful", "Build| no end",
                           "end Build succeeded", "start Test 1", "end Test succeeded"})
    CHECK(stage.teller.heard(told));
  CHECK(stage.teller.heard("Test| " + stage.path("checkout")));
}

TEST_CASE("runner: the log keeps each line with its time and step, and its digest is told") {
  Stage stage;
  stage.run("Build", "echo building; echo careful >&2");
  const auto report = stage.report();
  const auto log = stage.log();
  CHECK(log.find("Z Build | building\n") == 24 - 1 + log.find('\n') + 1);
  CHECK(log.find("Z Build ! careful\n") != log.npos);
  CHECK(log.find("Z Build * succeeded after ") != log.npos);
  CHECK(report.log == sha256(log));
}

TEST_CASE("runner: after a failure only failure and always run") {
  Stage stage;
  stage.run("Fine", "true").when = Step::When::failure;
  stage.run("Build", "echo no; exit 3");
  stage.run("Switch", "touch switched");
  stage.run("Undo", "echo undone").when = Step::When::failure;
  stage.run("Report", "echo reported").when = Step::When::always;
  const auto report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(report.ended == Ended::failed);
  CHECK(report.at == "Build");
  CHECK(report.message == "Build: exit status 3");
  CHECK(text(report.steps) ==
        "Fine skipped: nothing failed, Build failed: exit status 3, Switch skipped: Build failed, "
        "Undo succeeded, Report succeeded");
  CHECK_FALSE(std::filesystem::exists(stage.path("checkout/switched")));
}

TEST_CASE("runner: a failure that may be makes the whole partial") {
  Stage stage;
  stage.run("Warm up", "exit 1").continue_on_error = true;
  stage.run("Switch", "true");
  const auto report = stage.report();
  CHECK(report.ended == Ended::partial);
  CHECK(report.message == "Warm up: exit status 1");
  CHECK(text(report.steps) == "Warm up failed: exit status 1, Switch succeeded");
}

TEST_CASE("runner: sh stops at the first command that fails, bash within a pipe, too") {
  Stage stage;
  stage.run("Sh", "false\necho not reached").continue_on_error = true;
  auto& bash = stage.run("Bash", "false | cat\necho not reached");
  bash.continue_on_error = true;
  bash.shell = Step::Shell::bash;
  stage.run("Python", "import sys\nprint(sys.stdin.read() == '')").shell = Step::Shell::python3;
  CHECK(text(stage.report().steps) ==
        "Sh failed: exit status 1, Bash failed: exit status 1, Python succeeded");
  CHECK(stage.teller.heard("Python| True"));
}

TEST_CASE("runner: a shell that is not there, a directory that is not there") {
  Stage stage;
  auto& pwsh = stage.run("Shell", "Write-Host hi");
  pwsh.shell = Step::Shell::cmd;
  pwsh.continue_on_error = true;
  stage.run("Place", "true").directory = "nowhere";
  CHECK(text(stage.report().steps) ==
        "Shell failed: could not be started: No such file or directory; is cmd installed?, "
        "Place failed: could not be started: No such file or directory; its directory is " +
            stage.path("top/nowhere"));
}

TEST_CASE("runner: a directory starts at the repository's top") {
  Stage stage;
  std::filesystem::create_directories(stage.path("top/site"));
  stage.run("Here", "pwd").directory = "site";
  stage.run("There", "pwd").directory = "/";
  stage.report();
  CHECK(stage.teller.heard("Here| " + stage.path("top/site")));
  CHECK(stage.teller.heard("There| /"));
}

TEST_CASE("runner: a condition decides, and a mistyped one fails the step") {
  Stage stage;
  stage.run("Yes", "true").condition = "echo asked; test \"$COLOUR\" = red";
  stage.value("COLOUR", "red");
  stage.run("No", "true").condition = "exit 4";
  stage.run("Off", "true").enabled = false;
  stage.run("Typo", "true").condition = "no-such-command x";
  CHECK(text(stage.report().steps) ==
        "Yes succeeded, No skipped: its condition ended with exit status 4, Off skipped: it is not "
        "enabled, Typo failed: its condition `no-such-command x`: exit status 127");
  CHECK(stage.teller.heard("Yes| asked"));
}

TEST_CASE("runner: tries again until it works, and no more often than it may") {
  Stage stage;
  stage.run("Flaky", "echo x >> tries; test $(wc -l < tries) = 3; echo try $DAVIT_TRY").retries = 5;
  stage.run("Hopeless", "exit 9").retries = 2;
  const auto report = stage.report();
  CHECK(report.steps[0].tries == 3);
  CHECK(report.steps[1].tries == 3);
  CHECK(text(report.steps) == "Flaky succeeded, Hopeless failed: exit status 9");
  CHECK(stage.teller.heard("Flaky| try 3"));
  CHECK(stage.log().find("Hopeless * try 1 of 3: exit status 9; again in ") != std::string::npos);
}

TEST_CASE("runner: what a step hands on, later steps find") {
  Stage stage;
  stage.run("Ask", "echo VERSION=1.2=3 >> $DAVIT_OUTPUT; echo >> $DAVIT_OUTPUT").outputs = {
      "VERSION"};
  stage.run("Use", "echo got $VERSION");
  stage.report();
  CHECK(stage.teller.heard("Use| got 1.2=3"));
  CHECK(stage.progress(0).outputs == Outputs{{"VERSION", "1.2=3"}});
}

TEST_CASE("runner: a line that hands nothing on fails its step by its number") {
  Stage stage;
  auto& other = stage.run("Other", "printf 'A=1\\nB=2\\n' > $DAVIT_OUTPUT");
  other.outputs = {"A"};
  other.continue_on_error = true;
  stage.run("Words", "echo 'all is well' > $DAVIT_OUTPUT").outputs = {"A"};
  CHECK(text(stage.report().steps) ==
        "Other failed: line 2 of $DAVIT_OUTPUT sets B, which the step does not declare, "
        "Words failed: line 1 of $DAVIT_OUTPUT is not NAME=VALUE");
}

TEST_CASE("runner: a step finds its values, davit's, and no variable of git's own") {
  setenv("GIT_DIR", "/nowhere", 1);
  Stage stage;
  stage.request.artifact_paths["web-app"] = "/store/1";
  stage.run("Look", "echo $PORT $DAVIT_STEP $DAVIT_ARTIFACT_WEB_APP ${GIT_DIR-none} ${PATH:+path}");
  stage.value("PORT", "80 80");
  stage.report();
  unsetenv("GIT_DIR");
  CHECK(stage.teller.heard("Look| 80 80 Look /store/1 none path"));
}

TEST_CASE("runner: nothing to do is done") {
  Stage stage;
  const auto report = stage.report();
  CHECK(report.end == End::finished);
  CHECK(report.ended == Ended::succeeded);
  CHECK(report.log == sha256(""));
}

}  // namespace
}  // namespace davit
