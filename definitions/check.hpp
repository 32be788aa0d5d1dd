// SPDX-License-Identifier: MIT
// What must hold before or after a deployment: approvals, gates, windows, waits.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "definitions/instant.hpp"
#include "definitions/place.hpp"
#include "definitions/step.hpp"

namespace davit {

// "alice@example.com", "*@example.com" (a pattern) or "group:release-managers".
struct Principal {
  std::string text;
  Place place;
  bool is_group() const { return text.rfind("group:", 0) == 0; }
  std::string group() const { return text.substr(6); }
  bool operator==(const Principal&) const = default;
};

using Principals = std::vector<Principal>;

// So many people of these must agree. Several approvals in one list must all be met; one person's
// yes counts in each rule that names the person.
struct Approval {
  Principals from;
  int count = 1;
  bool requester = true;  // false: neither who cut the release nor who asked for the deployment
  Duration timeout = std::chrono::hours(24 * 30);  // undecided for so long means refused
  std::optional<Duration> expires;                 // given but unused for so long means void
  bool covers_targets = false;                     // covers = "targets"
  bool operator==(const Approval&) const = default;
};

struct GatesCheck {
  std::vector<std::string> names;
  Duration every = std::chrono::minutes(5);
  Duration stable_for{};
  Duration delay{};
  std::optional<Duration> timeout;
  bool operator==(const GatesCheck&) const = default;
};

// Days and times of day, in a zone: when a deployment may start.
struct Window {
  std::string days = "Mon-Sun";
  std::string from = "00:00";
  std::string to = "24:00";
  std::string zone;  // IANA
  bool operator==(const Window&) const = default;
};

struct WaitCheck {
  Duration length{};
  bool operator==(const WaitCheck&) const = default;
};

struct Check {
  std::variant<Approval, GatesCheck, Window, WaitCheck> rule;
  Place place;  // of the key that makes it what it is: "approval", "gates", "window", "wait"
  bool operator==(const Check&) const = default;
};

// A gate as declared: a question to the world that passes or not. Observing it is an event.
struct Gate {
  std::string name;
  std::variant<RunAction, HttpAction> question;
  Place place;
  bool operator==(const Gate&) const = default;
};

}  // namespace davit
