// SPDX-License-Identifier: MIT
// Names of things that happened. Each is a type of its own: a release is not a deployment.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/digest/digest.hpp"

namespace davit {

// A release within its definition, counted from 1 in ledger order.
struct ReleaseNumber {
  int value = 0;
  auto operator<=>(const ReleaseNumber&) const = default;
};

// "storefront/17"
struct ReleaseId {
  std::string definition;
  ReleaseNumber number;
  auto operator<=>(const ReleaseId&) const = default;
};
std::string text(const ReleaseId&);
// Reads "storefront/17"; nothing where it is not of that form.
std::optional<ReleaseId> parse_release(std::string_view);

// One attempt to bring one release into one environment. Attempts of a release in an environment
// count from 1.
struct DeploymentId {
  ReleaseNumber release;
  std::string environment;
  int attempt = 1;
  auto operator<=>(const DeploymentId&) const = default;
};

// 128 random bits, 32 lower-case hex digits. An event with a known id again changes nothing.
struct EventId {
  std::string value;
  auto operator<=>(const EventId&) const = default;
};

}  // namespace davit
