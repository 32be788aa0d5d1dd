// SPDX-License-Identifier: MIT
#include "core/process/process.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/process/descriptor.hpp"
#include "core/process/search.hpp"
#include "core/process/search.hpp"

using namespace davit;

namespace {

Finished finished(const Invocation& command) {
  auto result = run(command);
  REQUIRE_MESSAGE(result.has_value(), result.error().message);
  return std::move(result).value();
}

std::string failure(const Invocation& command) {
  const auto result = run(command);
  REQUIRE(!result.has_value());
  return result.error().message;
}

}  // namespace

TEST_CASE("a program's output, errors and status are kept apart") {
  const auto said = finished({{"sh", "-c", "echo out; echo err >&2; exit 3"}});
  CHECK(said.status == 3);
  CHECK(said.output == "out\n");
  CHECK(said.errors == "err\n");
}

TEST_CASE("an argument is never read by a shell") {
  CHECK(finished({{"printf", "%s", "$(id); `id` *"}}).output == "$(id); `id` *");
}

TEST_CASE("a megabyte goes in and comes out while both sides talk") {
  Invocation command{{"cat"}};
  command.input.assign(3'000'000, 'x');
  CHECK(finished(command).output == command.input);
}

TEST_CASE("output of any length goes to whoever takes it, piece by piece") {
  std::size_t got = 0;
  std::size_t largest = 0;
  Invocation command{{"head", "-c", "3000000", "/dev/zero"}};
  command.largest_output = 1'000'000;
  command.output_to = [&](std::string_view piece) -> Outcome {
    got += piece.size();
    largest = std::max(largest, piece.size());
    return Done{};
  };
  CHECK(finished(command).output.empty());
  CHECK(got == 3'000'000);
  CHECK(largest <= 1'000'000);
}

TEST_CASE("a program whose output is refused is ended") {
  Invocation command{{"yes"}};
  command.output_to = [](std::string_view) -> Outcome { return Error{"the disk is full"}; };
  CHECK(failure(command) == "the disk is full");
}

TEST_CASE("a program that does not read its input is no error and no signal") {
  Invocation command{{"true"}};
  command.input.assign(1'000'000, 'x');
  CHECK(finished(command).status == 0);
  sigset_t pending;
  sigpending(&pending);
  CHECK(sigismember(&pending, SIGPIPE) == 0);
  struct sigaction now {};
  sigaction(SIGPIPE, nullptr, &now);
  CHECK((now.sa_handler == SIG_DFL));
}

TEST_CASE("a child gets SIGPIPE as usual, whatever we do with it") {
  struct sigaction before {
  }, ignore{};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &before);
  CHECK(finished({{"sh", "-c", "kill -PIPE $$; exit 0"}}).status == 128 + SIGPIPE);
  sigaction(SIGPIPE, &before, nullptr);
}

TEST_CASE("a program's end by a signal is 128 and the signal") {
  CHECK(finished({{"sh", "-c", "kill -KILL $$"}}).status == 128 + SIGKILL);
}

TEST_CASE("the environment is ours, with what is added and without what is taken out") {
  setenv("DAVIT_TEST_KEPT", "kept", 1);
  setenv("DAVIT_TEST_TAKEN", "taken", 1);
  setenv("DAVIT_TEST_CHANGED", "old", 1);
  Invocation command{{"sh", "-c", "echo $DAVIT_TEST_KEPT,$DAVIT_TEST_TAKEN,$DAVIT_TEST_CHANGED"}};
  command.environment = {{"DAVIT_TEST_CHANGED", "new"}};
  command.without = {"DAVIT_TEST_TAKEN"};
  CHECK(finished(command).output == "kept,,new\n");
}

TEST_CASE("a program runs in the directory it is given") {
  Invocation command{{"pwd"}};
  command.directory = "/";
  CHECK(finished(command).output == "/\n");
  command.directory = "/no/such/directory";
  CHECK(failure(command) == "can't start pwd in /no/such/directory: No such file or directory");
}

TEST_CASE("a program that is not there is named, with what to do") {
  const auto result = run({{"davit-no-such-program"}});
  REQUIRE(!result.has_value());
  CHECK(result.error().message == "can't find the program davit-no-such-program");
  CHECK(result.error().hint == "install it, or add its directory to PATH");
  CHECK(failure({{"/etc/passwd"}}) == "can't start /etc/passwd: Permission denied");
  CHECK(failure({{}}) == "no program to start");
  CHECK(failure({{"echo", std::string("a\0b", 3)}}) ==
        "can't start echo: an argument holds a NUL byte");
}

TEST_CASE("too much output is an error, and ends the program") {
  Invocation command{{"yes"}};
  command.largest_output = 100'000;
  CHECK(failure(command) == "yes printed more than 100000 bytes and was ended");
}

TEST_CASE("a program that takes too long is ended with all it started") {
  const auto marker =
      std::filesystem::temp_directory_path() / ("davit-late-" + std::to_string(getpid()));
  Invocation command{{"sh", "-c", "(sleep 5; touch \"$0\") & wait", marker.string()}};
  command.timeout = Duration(50);
  CHECK(failure(command) == "sh took longer than 50ms and was ended");
  CHECK(!std::filesystem::exists(marker));
}

TEST_CASE("a program that ignores TERM is killed") {
  Invocation command{{"sh", "-c", "trap '' TERM; while :; do sleep 1; done"}};
  command.timeout = Duration(50);
  CHECK(failure(command) == "sh took longer than 50ms and was ended");
}

TEST_CASE("what a program leaves running behind it is not waited for") {
  const auto said = finished({{"sh", "-c", "sleep 60 & echo $!"}});
  const auto left = static_cast<pid_t>(std::stol(said.output));
  CHECK(kill(left, SIGKILL) == 0);
}

TEST_CASE("no descriptor of ours leaks into a program") {
  const auto pipe = make_pipe();
  REQUIRE(pipe.has_value());
  const auto ours = "/proc/self/fd/" + std::to_string(pipe->read.number());
  CHECK(finished({{"test", "-e", ours}}).status == 1);
}

TEST_CASE("programs run although our own standard streams are closed") {
  const pid_t child = fork();
  if (child == 0) {
    for (int number = 0; number < 3; ++number) close(number);
    Invocation command{{"sh", "-c", "cat; echo err >&2"}};
    command.input = "in";
    const auto said = run(command);
    _exit(said.has_value() && said->output == "in" && said->errors == "err\n" ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
}

TEST_CASE("a program is on the PATH or is not") {
  CHECK(is_on_path("sh"));
  CHECK(is_on_path("/bin/sh"));
  CHECK(!is_on_path("davit-no-such-program"));
  CHECK(!is_on_path("/bin/davit-no-such-program"));
}
