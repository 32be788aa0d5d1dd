// SPDX-License-Identifier: MIT
// A shell on a target: what is said to it, and what it answers (remote_text.hpp).
//
// On the loop: nothing here waits. A session that is lost says so once; whoever wants to go on
// opens another. Dropping it closes the connection; what was begun there goes on.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/process/spawn.hpp"
#include "core/runner/loop.hpp"
#include "definitions/result.hpp"

namespace davit {

// One answer: "ended", "3.1", "0", "12".
using Answer = std::vector<std::string>;

// Called on the loop. None of them may drop the session it comes from.
struct Listener {
  std::function<void()> ready;
  std::function<void(std::string_view)> output;  // bytes of a followed log, or of a file
  std::function<void(const Answer&)> answer;
  std::function<void(const Error&)> lost;
};

class TargetShell {
 public:
  // `child` is the way there: a shell reads its input. `state` as opening() wants it.
  TargetShell(Loop&, Child child, const std::string& state, Listener);
  TargetShell(const TargetShell&) = delete;
  TargetShell& operator=(const TargetShell&) = delete;

  // For texts with scripts in them.
  const std::string& token() const { return token_; }
  bool is_lost() const { return lost_; }

  void say(const std::string& text);

 private:
  void write();
  Flow read_output();
  void read_answers();
  void hear(std::string_view line);
  void lose();

  Loop& loop_;
  Child child_;
  std::string token_;
  Listener listener_;
  std::string unsent_, unheard_, room_;
  std::string words_;  // what is no answer of ours: ssh's own
  bool lost_ = false;
  Loop::Watch output_, errors_, input_;
};

}  // namespace davit
