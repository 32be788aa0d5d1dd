// SPDX-License-Identifier: MIT
// The event loop: waiting for many things at once. The one door to libuv.
//
// Straight-line code turns it until what it waits for is so; meanwhile timers, signals, descriptors
// and finished work call back, all on the thread that turns.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "definitions/instant.hpp"

namespace davit {

class Loop {
 public:
  Loop();
  Loop(Loop&&) = delete;
  ~Loop();

  // Calls back whenever `file` can be read (or written), until what comes back is dropped; the file
  // must stay open so long.
  using Watch = std::shared_ptr<void>;
  Watch on_readable(int file, std::function<void()>);
  Watch on_writable(int file, std::function<void()>);
  Watch on_either(int file, std::function<void()>);
  Watch every(Duration, std::function<void()>);
  // A signal that is ignored when davit starts stays ignored (nohup).
  Watch on_signal(int signal, std::function<void(int)>);
  // Calls back once, after so long, unless what comes back is dropped before.
  Watch after(Duration, std::function<void()>);

  // Turns until `done` says so; asked after everything that happened.
  void until(const std::function<bool()>& done);
  // The same, or until `file` has something to read or is at its end.
  void until_readable(int file, const std::function<bool()>& done);
  // The same, at most so long. Whether it was done.
  bool until(const std::function<bool()>& done, Duration);

  // Lets everything that waits call back, and waits for nothing.
  void breathe();

  // Does `work` on a thread of its own, and calls `done` back on this one. Whoever may be gone by
  // then shares what both need.
  void aside(std::function<void()> work, std::function<void()> done);

  // Does `work` on a thread of its own while the loop goes on turning; comes back when it is done.
  // `watch` is called after everything that happened meanwhile.
  void meanwhile(const std::function<void()>& work, const std::function<void()>& watch = {});

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

// While it lives, writing to what is closed or too large is an error and not the end of davit.
class QuietSignals {
 public:
  QuietSignals();
  QuietSignals(const QuietSignals&) = delete;
  QuietSignals& operator=(const QuietSignals&) = delete;
  ~QuietSignals();

 private:
  struct Kept;
  std::unique_ptr<Kept> kept_;
};

}  // namespace davit
