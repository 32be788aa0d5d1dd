// SPDX-License-Identifier: MIT
// Looking in on hosts: how each is reached, whether it is, and by which key. Nothing is done there.
#pragma once

#include <string>
#include <vector>

#include "core/ssh/transport.hpp"

namespace davit {

struct HostVisit {
  // As ssh resolves it, by its own configuration.
  std::string user, address, port, proxy;
  Transport transport;
  bool reached = false;
  std::string key;  // by which it got in, where that is known: file or agent, kind, fingerprint
  Duration took{};  // until it was in, or it was given up
  Error trouble{};  // why it was not reached, and what to do
};

// Of each host, in their order; all at once. Never asks anything.
std::vector<HostVisit> visit(Loop&, const Reach&, const std::vector<Host>&);

}  // namespace davit
