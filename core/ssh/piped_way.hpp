// SPDX-License-Identifier: MIT
// The way through three pipes: to the system's ssh, which has the shell at its end, or to an ssh
// that keeps a connection (kept_way.hpp).
#pragma once

#include "core/process/spawn.hpp"
#include "core/runner/loop.hpp"
#include "core/ssh/way.hpp"

namespace davit {

// Our ends of the shell's streams; none of them ever waits.
struct Streams {
  Descriptor input, output, errors;
};

class PipedWay : public Way {
 public:
  PipedWay(Loop& loop, Streams streams) : loop_(loop), streams_(std::move(streams)) {}

  void open(Ends) override;
  void write(std::string_view& from) override;

 private:
  // Why it has ended, where the streams are not all that tells.
  virtual std::string why() { return ""; }

  Flow read_output();
  void read_errors();

 protected:
  // The streams have ended, or it can't be gone on with.
  void end();

  Loop& loop_;

 private:
  Streams streams_;
  Ends ends_;
  std::string room_;
  bool ended_ = false;
  Loop::Watch output_, errors_, input_;
};

class ChildWay : public PipedWay {
 public:
  ChildWay(Loop& loop, Child child)
      : PipedWay(loop, {std::move(child.input), std::move(child.output), std::move(child.errors)}),
        child_(std::move(child)) {}

 private:
  Child child_;
};

}  // namespace davit
