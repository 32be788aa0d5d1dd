// SPDX-License-Identifier: MIT
// Hosts: which ones a selection of the team's targets means.
//
// Pure. A host is data: nothing of it is ever put into a shell's text. Where two targets hold the
// same host (user, name and port) it is one host, under its first target's settings.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/fleet/narrowing.hpp"
#include "definitions/result.hpp"
#include "definitions/step.hpp"
#include "definitions/team.hpp"

namespace davit {

struct Host {
  std::string
      name;  // what davit calls it: "web1", "web2:2222"; with its user where two differ in it
  std::string user;     // empty: ssh's own choice
  std::string address;  // name or number; IPv6 without brackets
  int port = 0;         // 0: ssh's own choice
  std::string target;   // the table under [targets] that holds it
  std::map<std::string, std::string> tags;
  Step::Shell shell = Step::Shell::sh;
  std::string state;  // where davit keeps its own files there; empty: the default
  bool operator==(const Host&) const = default;
};

// All hosts of these targets, in the order they are written; targets of targets in their place. An
// error where a target does not exist or none is selected.
Result<std::vector<Host>> select(const Team&, const Selection&);

// Every host of the team.
std::vector<Host> all_hosts(const Team&);

// Those of the hosts that are meant. An error, with the names there are, where a word means none
// of them, or none is left.
Result<std::vector<Host>> narrowed(std::vector<Host>, const Narrowing&);

}  // namespace davit
