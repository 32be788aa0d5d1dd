// SPDX-License-Identifier: MIT
// What the system's ssh would do for a host, by its own configuration: `ssh -G`, worked out by ssh.
//
// ssh reads its configuration; davit reads what ssh says. To ask once for many hosts, it looks at
// the configuration's Host lines, and at nothing else of it: hosts with the same user and port that
// are matched by the same lines get the same answer, but for their name and what a ControlPath
// makes of it. Where a Match, a HostName, another token (%h) or a quoted pattern could tell them
// apart, each is asked for by itself.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fleet/host.hpp"
#include "core/ssh/openssh.hpp"
#include "definitions/result.hpp"

namespace davit {

// Keywords in lower case, as ssh prints them, with their values in order.
struct HostSettings {
  std::map<std::string, std::vector<std::string>> said;

  // The first value; empty where there is none.
  const std::string& value(const std::string& keyword) const;
  // The same as a number; 0 where it is none.
  int number(const std::string& keyword) const;
  // A jump host, or the command that makes the connection; empty where ssh makes it.
  const std::string& proxy() const;
};

class SshConfig {
 public:
  explicit SshConfig(const Reach& reach) : reach_(reach) {}

  Result<HostSettings> of(const Host&);
  // What it does for a host that no configuration speaks of.
  Result<HostSettings> defaults();
  // Whether one answer does for many hosts.
  bool answers_for_many();

 private:
  // What hosts that get the same answer have in common.
  std::string kind(const Host&);
  void read_patterns();
  bool read_patterns(const std::string& file, int depth);
  bool read_line(const std::string& line, const std::string& file, int depth);
  // What ssh said of one host, for another one of its kind; nothing where it has to be asked.
  std::optional<HostSettings> as_for(const HostSettings& of_another, const Host&) const;

  const Reach& reach_;
  bool read_ = false;
  bool tells_apart_ = false;           // by more than Host lines
  std::vector<std::string> patterns_;  // of the Host lines, in order
  std::vector<std::string> paths_;     // of the ControlPath lines and options
  std::map<std::string, HostSettings> known_;
  std::optional<HostSettings> defaults_;
};

// A path as ssh reads it: "~/" is the home that the system knows, whatever $HOME says.
std::string ssh_path(const std::string& path);

}  // namespace davit
