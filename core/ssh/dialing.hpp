// SPDX-License-Identifier: MIT
// A connection over TCP, made on the loop: names are looked up beside it, and every address that a
// name has is tried in turn.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/process/descriptor.hpp"
#include "core/runner/loop.hpp"

namespace davit {

class Dialing {
 public:
  // `done` gets the connected socket, or why there is none; once, on the loop and never from
  // within. Dropping it gives up.
  Dialing(Loop&, std::string name, int port, std::function<void(Result<Descriptor>)> done);
  Dialing(const Dialing&) = delete;
  Dialing& operator=(const Dialing&) = delete;
  ~Dialing();

 private:
  struct Addresses;
  void next();
  void connected();

  Loop& loop_;
  std::shared_ptr<Addresses> addresses_;
  std::size_t at_ = 0;
  Descriptor socket_;
  Loop::Watch watch_;
  std::string trouble_;
  std::function<void(Result<Descriptor>)> done_;
};

}  // namespace davit
