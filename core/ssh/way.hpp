// SPDX-License-Identifier: MIT
// The way to a shell on a host: its three streams, however it is reached.
//
// On the loop: nothing here waits. Dropping it closes the connection; what was begun there goes on.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace davit {

class Way {
 public:
  // What comes, called on the loop and never from within open() or write(). None of them may drop
  // the way it comes from.
  struct Ends {
    std::function<void(std::string_view)> output;  // bytes of the shell's standard output
    std::function<void(std::string_view)> errors;  // and of its standard error
    std::function<void()> room;                    // more can be written
    // Once: the shell or the way to it has ended. Why, where the way itself knows.
    std::function<void(const std::string& why)> ended;
  };

  Way() = default;
  Way(const Way&) = delete;
  Way& operator=(const Way&) = delete;
  virtual ~Way() = default;

  // Begins to make it; once, before anything else.
  virtual void open(Ends) = 0;
  // Takes off what goes now, nothing of it before the shell is there; `room` says when more goes.
  virtual void write(std::string_view& from) = 0;
  // By which key it got in, once it has; empty where the way itself doesn't know.
  virtual std::string key() const { return ""; }
};

}  // namespace davit
