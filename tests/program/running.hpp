// SPDX-License-Identifier: MIT
// A program that was started and has not been waited for yet.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace program {

// How a program ended and what it said.
struct Spoken {
  int status = -1;  // its exit status; 128 + n when signal n ended it
  std::string out;
  std::string err;
};

// Everything that starting a program takes. Output goes to files, so that nobody has to read it
// while the program runs.
struct Start {
  std::vector<std::string> command;
  std::vector<std::string> environment;  // all of it
  std::string directory;
  std::string input;   // its standard input, then closed
  std::string prefix;  // output goes to PREFIX.out and PREFIX.err
};

// In a session of its own, with no terminal. Killed with its session's first group when this goes
// out of scope.
class Running {
 public:
  explicit Running(const Start&);
  Running(Running&&) noexcept;
  Running& operator=(Running&&) = delete;
  ~Running();

  pid_t pid() const { return pid_; }
  void kill(int signal) const;  // only the program, not what it started
  bool ended() const;
  // Waits for the end; fails the test case after a minute.
  Spoken wait();

 private:
  pid_t pid_ = -1;
  std::string prefix_;
};

// Waits until the process has ended and can be reaped; false when it has not after so long.
bool wait_for_end(pid_t pid, int milliseconds);
// Reaps it: exit status, or 128 + n.
int reap(pid_t pid);
// In a child: becomes the program, or ends with status 127.
[[noreturn]] void become(const std::vector<std::string>& command,
                         const std::vector<std::string>& environment, const std::string& directory);

}  // namespace program
