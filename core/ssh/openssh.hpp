// SPDX-License-Identifier: MIT
// The way to a host through the system's OpenSSH, with everything that its configuration can do:
// agents, jump hosts, certificates, keys on tokens.
//
// It never asks: what needs a password or an unknown host key is an error. Host, user and port are
// arguments of their own, never parts of a line.
#pragma once

#include <string>
#include <vector>

#include "core/fleet/host.hpp"
#include "core/process/process.hpp"
#include "definitions/team.hpp"

namespace davit {

// How this clone reaches the team's hosts.
struct Reach {
  SshSettings settings;
  std::string known_hosts;  // the team's own file, beside the user's; empty where there is none
  bool printing = false;    // nobody is reached (printing.hpp)
  bool keys_wait = false;   // the working tree's is another one: keys that nobody has committed yet
};

// What stands behind UserKnownHostsFile: the team's file, and the user's.
std::string known_hosts_words(const std::string& path);

// `ssh` with a shell of the host at its end. `alone`: by a connection that it shares with nobody.
Invocation openssh_shell(const Reach&, const Host&, bool alone = false);
// `ssh` that takes the key the host offers and writes it to a file, proves nothing to the host and
// does nothing there.
Invocation openssh_key(const Reach&, const Host&, const std::string& file);
// `ssh -v` that goes there, says how it got in (ssh_words.hpp) and comes back.
Invocation openssh_visit(const Reach&, const Host&);
// `ssh -G`: prints what it would do, and does nothing.
Invocation openssh_settings(const Reach&, const Host&);

}  // namespace davit
