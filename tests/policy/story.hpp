// SPDX-License-Identifier: MIT
// Stories: facts told in order, folded into the state they make.
//
//   const auto state = told({cut(1), asked(1, "production"), by("bob", approved(1, "production")),
//                            later(2h, began(1, "production", 1))});
//
// The ledger "shop" is opened first. A fact happens a minute after the one before it, and is
// alice's, unless said otherwise.
#pragma once

#include <string>
#include <vector>

#include "core/state/state.hpp"

namespace davit::story {

using namespace std::chrono_literals;

struct Line {
  template <typename Known>
  Line(Known known) : fact(std::move(known)) {}  // NOLINT: implicit
  Fact fact;
  std::string by = "alice@example.com";
  Duration after = 1min;
};
Line by(const std::string& name, Line);  // "bob" is bob@example.com
Line later(Duration, Line);

// 2026-11-22T12:00:00Z, a Sunday: when the ledger is opened.
Instant noon();

// A ledger that is being told.
class Story {
 public:
  Story();
  Applied tell(const Line&);
  Applied again(const Event&);  // as it is
  const State& state() const { return state_; }
  const std::vector<Event>& events() const { return events_; }

 private:
  State state_;
  std::vector<Event> events_;
  Instant now_;
};

// The state after all of it. Every line must have changed something.
State told(const std::vector<Line>&);

// Why the last line changes nothing, when all before it did; empty where it changed something.
std::string refusal(std::vector<Line> before, const Line& last);

// Facts in few words. A plan's digest is digest("plan") unless said otherwise.
Digest digest(const std::string& of);
DeploymentId deployment(int release, const std::string& environment, int attempt = 1);
Lease lease(int fence, Instant until = noon() + 24h);
ReleaseCreated cut(int release);
ReleaseCreated drafted(int release);
DeploymentRequested asked(int release, const std::string& environment, int attempt = 1);
ApprovalGiven approved(int release, const std::string& environment, int attempt = 1);
ApprovalRejected rejected(int release, const std::string& environment, int attempt = 1);
ApprovalGiven approved_after(int release, const std::string& environment, int attempt = 1);
ApprovalRejected rejected_after(int release, const std::string& environment, int attempt = 1);
DeploymentStarted began(int release, const std::string& environment, int fence, int attempt = 1);
DeploymentPaused paused(int release, const std::string& environment, int fence, int attempt = 1);
DeploymentResumed resumed(int release, const std::string& environment, int fence, int attempt = 1);
CancelAsked canceled(int release, const std::string& environment, int attempt = 1);
DeploymentFinished ended(int release, const std::string& environment, int fence,
                         Ended = Ended::succeeded, int attempt = 1);

}  // namespace davit::story
