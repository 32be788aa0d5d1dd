// SPDX-License-Identifier: MIT
// Targets on loopback: a real sshd, in which each address 127.0.1.N is a host with a home of its
// own. Everything of it is in one folder, for the tests' user alone, and ends with it.
//
//   Fleet fleet(3);
//   told.write(".davit/team.toml", fleet.team());  // [targets.web] and [ssh]
//   told.write(".davit/ssh_config", fleet.ssh_config());
//   CHECK(fleet.read(1, "did") == "one\n");
#pragma once

#include <sys/types.h>

#include <string>

namespace program {

class Fleet {
 public:
  // `more`: lines of sshd's configuration, which come first and so count.
  explicit Fleet(int hosts, const std::string& more = "");
  ~Fleet();
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  // What a team writes to reach them: the target "web", in the order of their numbers, by
  // .davit/ssh_config.
  std::string team() const;
  std::string ssh_config() const;
  // The file of the private key that they let in.
  std::string key() const { return path("user"); }
  // Their names, from 1.
  std::string name(int host) const;
  std::string port() const { return std::to_string(port_); }
  std::string home(int host) const { return path(name(host)); }
  // A file in the home of one of them; empty where there is none.
  std::string read(int host, const std::string& file) const;
  void write(int host, const std::string& file, const std::string& text) const;
  // A shell script that every host finds before the system's program of this name.
  void program(const std::string& name, const std::string& script) const;
  // What a connection runs, in place of what the client wants: a shell's text.
  void shell(const std::string& text) const;
  // How often somebody has logged in so far.
  int logins() const;
  // Ends every connection; nothing that runs there ends.
  void cut() const;
  // The same, and none can be made again until start().
  void cut_off();
  // No new connections, and again.
  void stop();
  void start();

 private:
  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string folder_;
  int hosts_;
  int port_ = 0;
  pid_t server_ = -1;
};

}  // namespace program
