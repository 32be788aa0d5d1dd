// SPDX-License-Identifier: MIT
// A person at a terminal, running the real program.
//
//   Terminal terminal(scratch, {"approve", "web/1", "production"});
//   terminal.expect("Approve? [y/N");
//   terminal.send("y\n");
//   CHECK(terminal.wait() == 0);
//   CHECK(terminal.screen().find("approved") != std::string::npos);
//
// A pseudo-terminal of its own is the program's controlling terminal, as a window is. What the
// program started is killed with it when this goes out of scope.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/program/scratch.hpp"
#include "tests/program/screen.hpp"

namespace program {

struct Size {
  int rows = 24;
  int columns = 100;
};

class Terminal {
 public:
  // davit with these arguments, where and as whom the scratch says now.
  Terminal(const Scratch&, const Words& arguments, Size = {});
  // Any command.
  static Terminal of(const Scratch&, const Words& command, Size = {});
  Terminal(Terminal&&) noexcept;
  Terminal& operator=(Terminal&&) = delete;
  ~Terminal();

  // Waits until this text is printed, behind what was expected before. Fails the test case, and
  // shows the screen, when the program ends without it or a minute has passed.
  void expect(const std::string& text);

  void send(const std::string& keys);
  void interrupt() { send("\x03"); }  // Ctrl-C
  void hang_up();                     // the window is closed
  void kill(int signal) const;
  pid_t pid() const { return pid_; }

  // Reads to the end: the exit status, or 128 + n when signal n ended it.
  int wait();

  // What is to be seen now, line by line, redrawn lines once.
  std::string screen() const { return screen_.text(); }
  // Everything ever printed, without colours: redrawn lines as often as they were drawn.
  const std::string& transcript() const { return screen_.transcript(); }

 private:
  struct Begin {};
  Terminal(Begin, const Scratch&, const Words& command, Size);
  bool read_some(int milliseconds);  // false: nothing came, or nothing can come any more
  void drain();

  pid_t pid_ = -1;
  int master_ = -1;
  Screen screen_;
  std::size_t expected_ = 0;  // how far in the transcript
};

}  // namespace program
