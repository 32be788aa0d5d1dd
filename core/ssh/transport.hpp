// SPDX-License-Identifier: MIT
// By which transport a host is reached: libssh in this process where ssh's configuration asks for
// nothing that it lacks, else the system's OpenSSH, which can do everything.
//
// Whatever differs from OpenSSH's defaults and is not known to be done alike by both goes through
// OpenSSH, so that no setting is ever passed over. Where libssh alone was asked for it is an error.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/ssh/admission.hpp"
#include "core/ssh/host_settings.hpp"
#include "core/ssh/libssh_way.hpp"

namespace davit {

// What of these settings libssh can't do: "proxyjump is bastion"; empty where it can do all.
std::string beyond_libssh(const HostSettings&, const HostSettings& defaults);

struct Transport {
  enum class Kind { openssh, libssh };
  Kind kind = Kind::openssh;
  std::string why;  // it and not the other: "proxyjump is bastion", "[ssh] transport"
};
const char* text(Transport::Kind);

// Makes the ways of one run, and decides their transports.
class Ways {
 public:
  Ways(Loop& loop, const Reach& reach)
      : loop_(loop), reach_(reach), config_(reach), admission_(loop) {}
  Ways(const Ways&) = delete;
  Ways& operator=(const Ways&) = delete;

  Result<Transport> transport(const Host&);
  // An error where the transport that was asked for can't be had, or lacks something. Not more at
  // once to one machine than it takes (admission.hpp).
  Result<std::unique_ptr<Way>> make(const Host&);
  // What ssh says of the host.
  Result<HostSettings> settings(const Host& host) { return config_.of(host); }

 private:
  struct Plan {
    Transport transport;
    LibsshRoute route;
  };
  Result<Plan> plan(const Host&);
  // What of these libssh can't do; empty where it can do all.
  Result<std::string> beyond(const HostSettings&);
  Plan by_libssh(const HostSettings&);
  Result<std::unique_ptr<Way>> make_now(const Host&, const Plan&);
  Result<std::unique_ptr<Way>> by_openssh(const Host&);
  // What ssh says of the host, where it is asked anyhow or one answer does for many.
  std::optional<HostSettings> settings_at_hand(const Host&);
  std::string machine(const Host&);

  Loop& loop_;
  const Reach& reach_;
  SshConfig config_;
  Admission admission_;
  std::shared_ptr<LibsshKeys> keys_ = std::make_shared<LibsshKeys>();
  std::set<std::string> refused_;  // names of hosts that libssh could not agree with
  std::set<std::string> alone_;    // names of hosts to which a connection is made anew
};

}  // namespace davit
