// SPDX-License-Identifier: MIT
// The harness itself: what a story may rely on.
#include "tests/program/terminal.hpp"

#include <doctest/doctest.h>
#include <signal.h>

namespace {

using program::Scratch;
using program::Screen;
using program::Spoken;
using program::Terminal;

TEST_CASE("a scratch repository has people and nothing of the real user") {
  Scratch scratch;
  scratch.write("a/file", "text\n");
  const std::string id = scratch.commit("a: first");
  CHECK(id.size() == 40);
  CHECK(scratch.git({"log", "-1", "--format=%ae %s"}) == "alice@example.com a: first");
  scratch.as("bob@example.com");
  CHECK(scratch.git({"config", "user.email"}) == "bob@example.com");
  CHECK(scratch.git({"branch", "--show-current"}) == "main");
  CHECK(scratch.run({"sh", "-c", "echo $HOME"}).out.find("/tmp/davit-story-") == 0);
}

TEST_CASE("a program without a terminal gives its words and its status") {
  Scratch scratch;
  const Spoken said = scratch.run({"sh", "-c", "cat; echo oops >&2; test -t 0 || exit 3"}, "hello");
  CHECK(said.status == 3);
  CHECK(said.out == "hello");
  CHECK(said.err == "oops\n");
  CHECK(scratch.run({"no-such-program"}).status == 127);
}

TEST_CASE("a started program can be killed") {
  Scratch scratch;
  auto running = scratch.start({"sleep", "1000"});
  CHECK_FALSE(running.ended());
  running.kill(SIGKILL);
  CHECK(running.wait().status == 128 + SIGKILL);
}

TEST_CASE("a person answers a question") {
  Scratch scratch;
  auto terminal = Terminal::of(
      scratch, {"sh", "-c", "test -t 0 && printf 'Sure? [y/N] '; read answer; echo got $answer"});
  terminal.expect("Sure?");
  terminal.send("y\n");
  terminal.expect("got y");
  CHECK(terminal.wait() == 0);
  CHECK(terminal.screen() == "Sure? [y/N] y\ngot y\n");
}

TEST_CASE("Ctrl-C reaches the program, and so does a closed window") {
  Scratch scratch;
  auto interrupted = Terminal::of(
      scratch,
      {"sh", "-c", "trap 'echo stopped; exit 5' INT; echo ready; while :; do sleep 1; done"});
  interrupted.expect("ready");
  interrupted.interrupt();
  CHECK(interrupted.wait() == 5);
  CHECK(interrupted.transcript().find("stopped") != std::string::npos);

  auto closed = Terminal::of(scratch, {"sh", "-c", "echo ready; exec sleep 1000"});
  closed.expect("ready");
  closed.hang_up();
  CHECK(closed.wait() == 128 + SIGHUP);
}

TEST_CASE("more output than a terminal holds is read to its end") {
  Scratch scratch;
  auto terminal = Terminal::of(scratch, {"sh", "-c", "seq 1 20000; echo the end"});
  CHECK(terminal.wait() == 0);
  CHECK(terminal.transcript().find("20000\nthe end") != std::string::npos);
}

TEST_CASE("the screen shows what redrawing leaves") {
  Screen screen(24);
  screen.feed("\033[32mone\033[0m\r\ntwo\rTWO\r\n");
  screen.feed("progress 10%\rprogress 90%\033[K\r\033[2Kdone ✔\r\n");
  screen.feed("a\r\nb\r\n\033[2A\033[JX\r\n");
  CHECK(screen.text() == "one\nTWO\ndone ✔\nX\n");
  CHECK(screen.transcript().find("progress 10%progress 90%done ✔") != std::string::npos);
}

}  // namespace
