// SPDX-License-Identifier: MIT
// The team's own rules: what every .davit/*.toml says, merged.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "definitions/check.hpp"
#include "definitions/definition.hpp"

namespace davit {

struct LedgerSettings {
  enum class Mode { ref, branch };
  enum class Signing { off, warn, required };
  std::optional<std::string> remote;  // without it everything stays local
  Mode mode = Mode::ref;
  std::optional<std::string> trusted;  // the branch whose tip the rules are read from
  Signing signing = Signing::off;
  bool log_tail = false;  // logs = "tail"
  bool sync = true;       // false: don't wait for the disk on an append
  Place place;
  std::vector<std::pair<std::string, Place>> key_places;
  bool operator==(const LedgerSettings&) const = default;
};

struct Group {
  std::string name;
  std::vector<Principal> members;  // people and patterns; never groups
  Place place;
  bool operator==(const Group&) const = default;
};

struct Target {
  std::string name;
  std::vector<std::string> hosts;  // [user@]host[:port]
  std::string user;
  int port = 0;
  std::map<std::string, std::string> tags;
  std::string shell, state;
  std::vector<std::string> targets;  // a group of other targets
  Place place;
  bool operator==(const Target&) const = default;
};

struct Freeze {
  std::string name;
  std::string from, to;  // local date and time in the zone, as TOML writes them
  std::string zone;      // IANA
  std::vector<std::string> environments;
  std::string reason;
  Place place;
  bool operator==(const Freeze&) const = default;
};

struct Notification {
  std::string name;
  std::optional<SecretSource> webhook_secret;
  std::string webhook;
  std::vector<std::string> on;
  Place place;
  bool operator==(const Notification&) const = default;
};

struct SshSettings {
  std::string config;
  std::vector<std::string> options;
  std::string transport = "auto";
  std::optional<Duration> persist;  // connections of OpenSSH are kept so long when they are idle
  Place place;
  bool operator==(const SshSettings&) const = default;
};

struct Team {
  LedgerSettings ledger;
  std::vector<Group> groups;
  std::vector<Permission> permissions;
  std::vector<Target> targets;
  std::vector<Freeze> freezes;
  std::vector<Notification> notifications;
  std::vector<Gate> gates;
  std::optional<SshSettings> ssh;

  const Group* group(const std::string& name) const;    // null where there is none
  const Target* target(const std::string& name) const;  // null where there is none
  bool operator==(const Team&) const = default;
};

// Whether this person (an e-mail address, compared without case) is one of these.
bool matches(const Team&, const Principals&, const std::string& person);

}  // namespace davit
