// SPDX-License-Identifier: MIT
// What is said to a target's shell, and what it does: with a real shell, here.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>

#include "core/process/process.hpp"
#include "core/ssh/piped_way.hpp"
#include "core/ssh/remote_text.hpp"
#include "core/ssh/target_shell.hpp"
#include "tests/world/temporary_folder.hpp"

using namespace davit;

namespace {

const std::string kKey = "shop/17/production/1";

// A session with the shell of this machine, and what came of it.
struct Shell {
  Loop loop;
  std::string output;
  std::vector<Answer> answers;
  std::string lost;
  bool ready = false;
  std::unique_ptr<TargetShell> session;

  explicit Shell(const std::string& state, const std::string& program = "sh") {
    auto child = spawn({.arguments = {program}});
    REQUIRE(child.has_value());
    session = std::make_unique<TargetShell>(
        std::make_unique<ChildWay>(loop, *std::move(child)), tongue_of(Step::Shell::sh),
        RemoteFolder{state, ""},
        Listener{[this] { ready = true; }, [this](std::string_view bytes) { output.append(bytes); },
                 [this](const Answer& answer) { answers.push_back(answer); },
                 [this](const Error& error) { lost = error.message; }});
    wait([this] { return ready || !lost.empty(); });
    REQUIRE(ready);
  }

  void wait(const std::function<bool()>& done) {
    REQUIRE(loop.until(done, std::chrono::seconds(30)));
  }
  // Waits for an answer that begins with this word (any, where it is empty); the whole.
  Answer hear(const std::string& word) {
    Answer found;
    wait([&] {
      for (const auto& answer : answers)
        if (word.empty() || answer.front() == word) found = answer;
      return !found.empty();
    });
    return found;
  }
  // Says it and waits for this answer to come anew.
  Answer ask(const std::string& text, const std::string& word) {
    answers.clear();
    session->say(text);
    return hear(word);
  }
  Answer begin(const RemoteTry& wanted, const std::string& word = "begun") {
    return ask(beginning(wanted), word);
  }
};

RemoteTry a_try(const std::string& script, const std::string& name = "0.1", int fence = 1) {
  return {.key = kKey, .place = "shop/production", .fence = fence, .name = name, .script = script};
}

}  // namespace

TEST_CASE("a step's output and end come, whatever it prints") {
  const TemporaryFolder folder;
  for (const char* program : {"dash", "bash"}) {
    CAPTURE(program);
    Shell shell(folder.path(program), program);
    shell.begin(a_try("printf 'one\\ntwo \\377'; echo err >&2; exit 3"));
    shell.session->say(follow(kKey, "0.1", 0));
    const auto ended = shell.hear("ended");
    CHECK(ended == Answer{"ended", "0.1", "3", "13"});
    shell.wait([&] { return shell.output.size() >= 13; });
    CHECK(shell.output == "one\ntwo \377err\n");
    CHECK(shell.lost.empty());
  }
}

TEST_CASE("values reach a step whatever their bytes, and stand in no command line") {
  const TemporaryFolder folder;
  Shell shell(folder.path("state"));
  std::string every;
  for (int c = 1; c < 256; ++c) every += static_cast<char>(c);
  auto wanted = a_try("");
  wanted.values = {{"ALL", every}, {"QUOTE", "'\"$(exit 1)`\\"}, {"SECRET", "hush-hush"}};
  wanted.script =
      "printf '%s' \"$ALL\"; printf '%s' \"$QUOTE\"; cat /proc/[0-9]*/cmdline 2>/dev/null"
      " | tr '\\0' '\\n' | grep -c 'hush-[h]u' | tr -d '\\n'";
  shell.begin(wanted);
  shell.session->say(follow(kKey, "0.1", 0));
  const auto size = std::stoul(shell.hear("ended")[3]);
  shell.wait([&] { return shell.output.size() >= size; });
  CHECK(shell.output == every + "'\"$(exit 1)`\\" + "0");
}

TEST_CASE("values are the step's alone, whatever their names, and a state may be a relative path") {
  const TemporaryFolder folder;
  const auto at_home = folder.path("home");
  REQUIRE(davit::run({.arguments = {"mkdir", at_home}}).has_value());
  const std::string home = std::getenv("HOME") ? std::getenv("HOME") : "/";
  ::setenv("HOME", at_home.c_str(), 1);
  Shell shell("state of it");
  ::setenv("HOME", home.c_str(), 1);
  auto wanted = a_try("printf '%s' \"$try$pid$status$T$S$B$O$line$born\"");
  wanted.directory = folder.path();
  for (const char* name : {"try", "pid", "status", "T", "S", "B", "O", "line", "born"})
    wanted.values[name] = "x";
  shell.begin(wanted);
  shell.session->say(follow(kKey, "0.1", 0));
  CHECK(shell.hear("ended") == Answer{"ended", "0.1", "0", "9"});
  shell.wait([&] { return shell.output == "xxxxxxxxx"; });
  CHECK(shell.ask(probe(kKey, "0.1"), "ended").back() == "9");
}

TEST_CASE("the log of a try is there when it is said to have begun") {
  const TemporaryFolder folder;
  Shell shell(folder.path("state"));
  for (int i = 0; i < 100; ++i) {
    const auto name = std::to_string(i) + ".1";
    shell.output.clear();
    shell.begin(a_try("echo it", name));
    shell.session->say(follow(kKey, name, 0));
    shell.wait([&] { return shell.output == "it\n"; });
    shell.session->say(unfollow());
  }
}

TEST_CASE("a try is begun once, and a lower number is refused") {
  const TemporaryFolder folder;
  Shell shell(folder.path("state"));
  const auto count = folder.path("count");
  shell.begin(a_try("echo x >>" + shell_word(count), "0.1", 5));
  shell.hear("ended");
  CHECK(shell.begin(a_try("echo x >>" + shell_word(count), "0.1", 5), "known")[1] == "0.1");
  CHECK(shell.begin(a_try("echo x >>" + shell_word(count), "1.1", 4), "fenced")[2] == "5");
  shell.begin(a_try("wc -l <" + shell_word(count), "2.1", 6));
  shell.session->say(follow(kKey, "2.1", 0));
  shell.wait([&] { return shell.output == "1\n"; });
}

TEST_CASE("a step outlives its session, and another one goes on where the first stood") {
  const TemporaryFolder folder;
  const auto go = folder.path("go");
  {
    Shell first(folder.path("state"));
    first.begin(a_try("echo before; while [ ! -e " + shell_word(go) +
                      " ]; do sleep 0.02; done; echo after"));
    first.session->say(follow(kKey, "0.1", 0));
    first.wait([&] { return first.output == "before\n"; });
  }
  Shell second(folder.path("state"));
  CHECK(second.ask(probe(kKey, "0.1"), "runs")[1] == "0.1");
  second.session->say(follow(kKey, "0.1", 7));
  REQUIRE(davit::run({.arguments = {"touch", go}}).has_value());
  second.wait([&] { return second.output == "after\n"; });
  for (int i = 0; i < 10000 && second.ask(probe(kKey, "0.1"), "").front() != "ended"; ++i) {
  }
  CHECK(second.answers.back() == Answer{"ended", "0.1", "0", "13"});
}

TEST_CASE("a session that ends leaves nothing behind that follows a log") {
  const TemporaryFolder folder;
  {
    Shell shell(folder.path("state"));
    shell.begin(a_try("echo here; sleep 1"));
    shell.session->say(follow(kKey, "0.1", 0));
    shell.wait([&] { return !shell.output.empty(); });
  }
  const auto looking = [&] {
    return davit::run({.arguments = {"pgrep", "-f", "tail .*" + folder.path()}})->status == 0;
  };
  for (int look = 0; look < 500 && looking(); ++look) ::usleep(10000);
  CHECK(!looking());
}

TEST_CASE("what was never begun, and what nobody can tell of, are told apart") {
  const TemporaryFolder folder;
  Shell shell(folder.path("state"));
  CHECK(shell.ask(probe(kKey, "7.1"), "none")[1] == "7.1");
  shell.begin(a_try("sleep 0.2; kill -9 $PPID; sleep 5"));
  for (int i = 0; i < 1000 && shell.ask(probe(kKey, "0.1"), "").front() == "runs"; ++i) {
  }
  CHECK(shell.answers.back().front() == "gone");
}

TEST_CASE("a signal reaches all of a step") {
  const TemporaryFolder folder;
  Shell shell(folder.path("state"));
  shell.begin(a_try("sleep 60 & sleep 60"));
  // Until it is in a session of its own.
  for (int i = 0; i < 1000 && shell.ask(finish(kKey, "0.1"), "").front() == "killed"; ++i) {
  }
  CHECK(shell.answers.back().front() == "left");
  shell.session->say(signal_try(kKey, "0.1", "TERM"));
  CHECK(shell.hear("ended")[2] == "143");
  for (int i = 0; i < 10000 && shell.ask(finish(kKey, "0.1"), "").front() == "left"; ++i) {
  }
  CHECK(shell.answers.back().front() == "killed");
}

TEST_CASE("a signal that comes with the beginning of a step ends it") {
  const TemporaryFolder folder;
  Shell shell(folder.path("state"));
  for (int i = 0; i < 20; ++i) {
    const auto name = "0." + std::to_string(i);
    shell.begin(a_try("sleep 60", name));
    CHECK(shell.ask(signal_try(kKey, name, "TERM"), "ended")[2] == "143");
  }
}

TEST_CASE("a directory that is not there, and a state that can't be written, are said") {
  const TemporaryFolder folder;
  Shell shell(folder.path("state"));
  auto wanted = a_try("true");
  wanted.directory = "/no where";
  CHECK(shell.begin(wanted, "failed").size() > 3);
  Shell other("/proc/nothing");
  CHECK(other.begin(a_try("true"), "failed")[1] == "0.1");
  REQUIRE(
      davit::run({.arguments = {"touch", folder.path("state/runs/" + std::string(kKey)) + "/1.1"}})
          ->status == 0);
  CHECK(shell.begin(a_try("true", "1.1"), "failed")[1] == "1.1");
}

TEST_CASE("a session that ends says why") {
  Loop loop;
  std::string lost;
  auto child = spawn({.arguments = {"sh", "-c", "echo 'no way' >&2; exit 255"}});
  REQUIRE(child.has_value());
  const TargetShell session(std::make_unique<ChildWay>(loop, *std::move(child)),
                            tongue_of(Step::Shell::sh), RemoteFolder{},
                            Listener{[] {}, [](std::string_view) {}, [](const Answer&) {},
                                     [&](const Error& error) { lost = error.message; }});
  REQUIRE(loop.until([&] { return !lost.empty(); }, std::chrono::seconds(30)));
  CHECK(lost == "no way");
}

TEST_CASE("a file of a try comes whole") {
  const TemporaryFolder folder;
  Shell shell(folder.path("state"));
  shell.begin(a_try("echo version=7 >>\"$DAVIT_OUTPUT\""));
  shell.hear("ended");
  const auto size = std::stoul(shell.ask(send_file(kKey, "0.1", "output"), "file")[2]);
  shell.wait([&] { return shell.output.size() >= size; });
  CHECK(shell.output == "version=7\n");
}

TEST_CASE("bytes poured into a session arrive as they are, however slowly they are read") {
  const TemporaryFolder folder;
  std::string bytes;
  for (int i = 0; i < 3'000'000; ++i) bytes += static_cast<char>(i * 7 % 256);
  for (const char* program : {"dash", "bash"}) {
    CAPTURE(program);
    Shell shell(folder.path(program), program);
    shell.ask("say go x; sleep 0.2; head -c 3000000 >'" + folder.path("poured") + "'; say had x\n",
              "go");
    std::size_t sent = 0;
    shell.session->pour([&] {
      const auto piece = std::string_view(bytes).substr(sent, 100'000);
      sent += piece.size();
      return piece;
    });
    shell.hear("had");
    CHECK(folder.read("poured") == bytes);
    CHECK(shell.ask("say still here\n", "still") == Answer{"still", "here"});
  }
}
