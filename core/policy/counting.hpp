// SPDX-License-Identifier: MIT
// The ballot: the decisions of one attempt, and what makes one count.
#pragma once

#include <string>
#include <vector>

#include "core/policy/verdict.hpp"

namespace davit {

struct Ballot {
  const Team& team;
  Digest plan;  // decisions about another plan are void
  std::vector<GivenDecision> decisions;
  std::vector<std::string> requesters;  // barred where a rule says requester = false
  Instant since{};                      // awaited from then on
  Instant now{};
  Moment moment = Moment::before;
  bool keeps = false;  // a rollback: what was approved does not expire

  bool barred(const std::string& person) const;
};

Ballot ballot(const Question&, Moment);

// How one rule stands.
Finding count(const Ballot&, const Approval&, const Place&);

}  // namespace davit
