// SPDX-License-Identifier: MIT
// Output: whole, masked, harmless, in constant memory.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "core/runner/approach.hpp"
#include "core/runner/log_writer.hpp"
#include "core/runner/plain_line.hpp"
#include "tests/world/runner_stage.hpp"

namespace davit {
namespace {

using stage::Stage;
using stage::text;
using Kind = SecretSource::Kind;

TEST_CASE("runner: a secret reaches its step, and neither log, teller nor argument list") {
  Stage stage;
  stage.write("top/token", "open sesame 42\n");
  stage.run("Login",
            "echo token $TOKEN; printf %s \"$TOKEN\" | base64\n"
            "test \"$TOKEN\" = 'open sesame 42' || exit 5\n"
            "ps -A -o args >&2 2>/dev/null || cat /proc/[0-9]*/cmdline | tr '\\0' ' ' >&2\n"
            "set -x; : \"$TOKEN\"");
  stage.secret("TOKEN", {Kind::file, "token"});
  stage.run("Later", "cat $DAVIT_REPOSITORY/token");
  CHECK(text(stage.report().steps) == "Login succeeded, Later succeeded");
  CHECK(stage.teller.heard("Login| token ***"));
  CHECK(stage.teller.heard("Login| ***"));
  CHECK(stage.teller.heard("Later| ***"));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(stage.folder())) {
    if (!entry.is_regular_file()) continue;
    const auto content = Stage::read(entry.path().string());
    CHECK(content.find("sesame") == content.npos);
    CHECK(content.find("b3BlbiBzZXNhbWUgND") == content.npos);
  }
  for (const auto& told : stage.teller.told()) CHECK(told.find("sesame") == told.npos);
}

TEST_CASE("runner: a secret that can't be had, or hidden, fails its step by name") {
  Stage stage;
  stage.run("None", "true").continue_on_error = true;
  stage.secret("TOKEN", {Kind::env, "NO_SUCH_SECRET"});
  stage.run("Short", "true");
  stage.write("top/pin", "123");
  stage.secret("PIN", {Kind::file, "pin"});
  CHECK(text(stage.report().steps) ==
        "None failed: variable TOKEN: the environment variable NO_SUCH_SECRET is not set, "
        "Short failed: secret PIN is under 4 characters and can't be hidden in output");
}

TEST_CASE("runner: a secret is not handed on") {
  Stage stage;
  stage.write("top/token", "open sesame 42\n");
  stage.run("Login", "echo WHERE=$TOKEN > $DAVIT_OUTPUT").outputs = {"WHERE"};
  stage.secret("TOKEN", {Kind::file, "token"});
  CHECK(text(stage.report().steps) == "Login failed: output WHERE holds a secret");
}

TEST_CASE("runner: a step has no input to wait for") {
  Stage stage;
  stage.run("Read", "if read line; then echo got; else echo nothing; fi");
  stage.report();
  CHECK(stage.teller.heard("Read| nothing"));
}

TEST_CASE("runner: a line of many is kept whole in pieces, and no secret is cut in two") {
  Stage stage;
  stage.write("top/token", "open-sesame-42");
  // 65530 bytes, then the secret across the 64 KiB border, then more than a piece.
  stage.run("Long",
            "head -c 65530 /dev/zero | tr '\\0' a; printf %s \"$TOKEN\"\n"
            "head -c 70000 /dev/zero | tr '\\0' b; echo");
  stage.secret("TOKEN", {Kind::file, "token"});
  stage.report();
  std::string told;
  for (const auto& line : stage.teller.told()) {
    CHECK(line.size() <= kLongestLine + 10);
    if (line.starts_with("Long| ")) told += line.substr(6);
  }
  CHECK(told == std::string(65530, 'a') + "***" + std::string(70000, 'b'));
}

TEST_CASE("plain line: what a terminal would obey is taken out") {
  CHECK(plain_line("plain\ttext \xc3\xa9") == "plain\ttext \xc3\xa9");
  CHECK(plain_line("\x1b[1;31mred\x1b[0m") == "red");
  CHECK(plain_line("\x1b]0;title\adone\x1b]8;;x\x1b\\") == "done");
  CHECK(plain_line("10%\r50%\r100%\r") == "100%");
  CHECK(plain_line("a\x1b") == "a");
  CHECK(plain_line("a\bb\x7f") ==
        "a\xef\xbf\xbd"
        "b\xef\xbf\xbd");
  CHECK(plain_line("\xff\xc3") == "\xef\xbf\xbd\xef\xbf\xbd");
  CHECK(plain_line("\xe2\x80\xaex") == "\xef\xbf\xbdx");
  CHECK(plain_line("") == "");
}

TEST_CASE("runner: the log keeps the bytes") {
  Stage stage;
  stage.run("Colour", "printf '\\033[31mred\\033[0m\\377\\n'");
  stage.report();
  CHECK(stage.log().find("Colour | \x1b[31mred\x1b[0m\xff\n") != std::string::npos);
  CHECK(stage.teller.heard("Colour| red\xef\xbf\xbd"));
}

// DAVIT_TEST_MEGABYTES=1024 for the whole gigabyte.
TEST_CASE("runner: much output takes no memory") {
  const char* wanted = std::getenv("DAVIT_TEST_MEGABYTES");
  const std::string megabytes = wanted ? wanted : "48";
  Stage stage;
  stage.write("top/token", "open-sesame-42");
  stage.run("Flood", "yes 'a line of output, as programs print it: 0123456789' | head -c " +
                         megabytes + "000000; echo; echo over");
  stage.secret("TOKEN", {Kind::file, "token"});
  const int davit = ::fork();
  REQUIRE(davit >= 0);
  if (davit == 0) {
    struct Counting final : Teller {
      std::int64_t lines = 0;
      void step_started(const PlannedStep&, const std::string&, int) override {}
      void line(const PlannedStep&, const std::string&, std::string_view, bool) override {
        ++lines;
      }
      void step_finished(const PlannedStep&, const StepRecord&) override {}
      void note(std::string_view) override {}
    } teller;
    rusage before{}, after{}, supervisor{};
    ::getrusage(RUSAGE_SELF, &before);
    stage.request.plan = stage.plan_here();
    stage.request.folder = stage.folder();
    stage.request.repository = stage.path("top");
    stage.request.checkout = stage.path("checkout");
    Approach nowhere({}, {}, "");
    const auto report = execute(stage.request, nowhere, teller, system_clock(), {});
    ::getrusage(RUSAGE_SELF, &after);
    ::getrusage(RUSAGE_CHILDREN, &supervisor);
    constexpr long kMost = 24 * 1024;  // KiB, more than before
    if (!report || report->ended != Ended::succeeded) ::_exit(1);
    if (teller.lines < std::stoll(megabytes) * 1000000 / 52) ::_exit(2);
    if (after.ru_maxrss - before.ru_maxrss > kMost) ::_exit(3);
    ::_exit(supervisor.ru_maxrss - before.ru_maxrss > kMost ? 4 : 0);
  }
  int status = 0;
  ::waitpid(davit, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("runner: no room for the journal is told before anything runs") {
  Stage stage;
  stage.run("Build", "touch $DAVIT_REPOSITORY/built");
  const int davit = ::fork();
  REQUIRE(davit >= 0);
  if (davit == 0) {
    const rlimit none{16, 16};
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &none);
    const auto report = stage.execute();
    ::_exit(!report && report.error().message.find("can't write the journal") == 0 ? 0 : 1);
  }
  int status = 0;
  ::waitpid(davit, &status, 0);
  CHECK(WEXITSTATUS(status) == 0);
  CHECK_FALSE(std::filesystem::exists(stage.path("top/built")));
}

}  // namespace
}  // namespace davit
