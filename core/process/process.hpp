// SPDX-License-Identifier: MIT
// Running another program to its end, from an argument list (never a shell line), and taking what
// it prints. For git and for commands that answer a question; deployments' steps run in runner/.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "definitions/instant.hpp"
#include "definitions/result.hpp"

namespace davit {

struct Invocation {
  std::vector<std::string> arguments;  // the first is the program, looked up in PATH
  std::string directory;               // empty: ours
  std::string input;                   // its standard input, then closed
  std::vector<std::pair<std::string, std::string>> environment;  // added to ours
  std::vector<std::string> without;                              // names taken out of ours
  std::size_t largest_output = 64u << 20;                        // more is an error
  std::optional<Duration> timeout;  // then TERM, and KILL two seconds later
  // In a session of its own: it gets no signal of our terminal (Ctrl-C), and can't ask there.
  bool apart = false;
  // Asked about ten times a second: true ends the program as a timeout does.
  std::function<bool()> give_up = {};
  // Gets its standard output piece by piece, of any length, in place of Finished::output. An error
  // of it ends the program and is run()'s.
  std::function<Outcome(std::string_view)> output_to = {};
};

struct Finished {
  int status = 0;  // exit status; 128 + n when signal n ended it
  std::string output;
  std::string errors;  // standard error
};

// Fails only when the program can't be started, prints too much or takes too long, or its output is
// refused.
Result<Finished> run(const Invocation&);

}  // namespace davit
