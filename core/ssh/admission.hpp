// SPDX-License-Identifier: MIT
// Admission: how many connections are on their way to one machine at the same time.
//
// A stock sshd drops part of more than ten connections that have not proven yet who they are
// (MaxStartups 10:30:100, sshd_config(5)), and a jump host gets those to all hosts behind it. So
// ten and no more are made at once to one machine; one that is dropped all the same is made again a
// little later, and not at the same moment as the others.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/runner/loop.hpp"
#include "core/ssh/way.hpp"
#include "definitions/result.hpp"

namespace davit {

// Whether these are the words of a connection that the other side dropped before it said anything.
// Pure.
bool was_dropped(std::string_view said);

class Admission {
 public:
  using Making = std::function<Result<std::unique_ptr<Way>>()>;

  explicit Admission(Loop& loop) : loop_(loop) {}
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

  // A way that is made when there is room at `machine`: the host, or the jump host before it. This
  // must outlive it.
  std::unique_ptr<Way> way(std::string machine, Making);

 private:
  friend class AdmittedWay;
  struct Door {
    int going = 0;
    std::deque<class AdmittedWay*> waiting;
  };
  void enter(const std::string& machine, AdmittedWay*);
  void leave(const std::string& machine, AdmittedWay*, bool was_going);

  Loop& loop_;
  std::map<std::string, Door> doors_;
};

}  // namespace davit
