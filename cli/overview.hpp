// SPDX-License-Identifier: MIT
// The overview: definitions × environments, what is live, what was tried last, what waits on what.
//
// Facts first (look_over), words behind (print). A definition that can't be read does not hide the
// others: its row says what is wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/office.hpp"
#include "core/deployment/standing.hpp"
#include "core/policy/setback.hpp"
#include "core/policy/verdict.hpp"

namespace davit {

// A release that wants to come in, and what stands in its way.
struct WaitingOne {
  ReleaseNumber release;
  std::vector<Finding> obstacles;  // empty: davit run would deploy it
  bool refused = false;
  bool on_you = false;  // an approval of the person who looks is missing
};

struct PlaceOverview {
  std::string environment;
  std::optional<Stay> live;
  std::optional<ReleaseNumber> last;  // what ended there last
  std::optional<Ended> last_ended;
  Instant last_at{};
  std::optional<Setback> setback;
  std::optional<ReleaseNumber> unfinished;
  Standing standing = Standing::nothing;
  std::optional<Lock> lock;
  std::vector<WaitingOne> waiting;
};

struct DefinitionOverview {
  std::string name;
  std::vector<PlaceOverview> places;  // in the order of their needs
  std::optional<Error> trouble;
};

struct Overview {
  std::vector<DefinitionOverview> definitions;
  Instant now{};
};

Result<Overview> look_over(Office&, const std::vector<std::string>& definitions, Instant now);

Json to_json(const Overview&);
void print(Desk&, const Overview&);

}  // namespace davit
