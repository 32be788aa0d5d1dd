// SPDX-License-Identifier: MIT
// A shell on a target: what is said to it (tongue.hpp), and what it answers (remote_text.hpp).
//
// On the loop: nothing here waits. A session that is lost says so once; whoever wants to go on
// opens another. Dropping it closes the connection; what was begun there goes on.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/ssh/tongue.hpp"
#include "core/ssh/way.hpp"
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

// Raw bytes for a target, piece by piece: the next ones, valid until it is asked again; no more
// where it gives none.
using Source = std::function<std::string_view()>;

class TargetShell {
 public:
  // At the end of the way a shell of this tongue reads its input. The folder is as opening() wants
  // it.
  TargetShell(std::unique_ptr<Way>, const Tongue&, const RemoteFolder&, Listener);
  TargetShell(const TargetShell&) = delete;
  TargetShell& operator=(const TargetShell&) = delete;

  bool is_lost() const { return lost_; }

  void say(const std::string& text);
  // Sends these bytes behind what was said, as fast as the way takes them. Where they are no text
  // for the shell, it must have said that something else there reads them, and nothing is to be
  // said before that something has answered.
  void pour(Source);

 private:
  struct Unsent {
    std::string text;
    Source source;          // in place of a text
    std::string_view rest;  // of what is being sent
  };

  void send(Unsent);
  void write();
  void read_answers(std::string_view bytes);
  void hear(std::string_view line);
  void lose(const std::string& why);

  std::unique_ptr<Way> way_;
  std::string token_;
  Listener listener_;
  std::deque<Unsent> unsent_;
  std::string unheard_;
  std::string words_;  // what is no answer of ours: ssh's own
  bool lost_ = false;
};

}  // namespace davit
