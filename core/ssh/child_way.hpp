// SPDX-License-Identifier: MIT
// The way through a program that has the shell at its end: the system's ssh.
#pragma once

#include "core/process/spawn.hpp"
#include "core/runner/loop.hpp"
#include "core/ssh/way.hpp"

namespace davit {

class ChildWay : public Way {
 public:
  ChildWay(Loop& loop, Child child) : loop_(loop), child_(std::move(child)) {}

  void open(Ends) override;
  void write(std::string_view& from) override;

 private:
  Flow read_output();
  void read_errors();
  void end();

  Loop& loop_;
  Child child_;
  Ends ends_;
  std::string room_;
  bool ended_ = false;
  Loop::Watch output_, errors_, input_;
};

}  // namespace davit
