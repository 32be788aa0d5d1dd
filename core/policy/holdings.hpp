// SPDX-License-Identifier: MIT
// What is deployed on which host, by the ledger and today's definitions. Pure.
//
// A host has the newest release that was brought to it: where a deployment left targets out
// (--limit, a rollback of what was touched), those have what was live before. Whether a host really
// holds it, only the host knows.
#pragma once

#include <string>
#include <vector>

#include "core/fleet/host.hpp"
#include "core/state/state.hpp"
#include "definitions/definition.hpp"
#include "definitions/team.hpp"

namespace davit {

struct Holding {
  ReleaseId release;
  std::string environment;
  bool operator==(const Holding&) const = default;
};

// One definition, with its present.
struct Holder {
  const Definition& definition;
  const State& state;
};

// For each of the hosts, in their order.
std::vector<std::vector<Holding>> holdings(const std::vector<Host>&, const Team&,
                                           const std::vector<Holder>&);

}  // namespace davit
