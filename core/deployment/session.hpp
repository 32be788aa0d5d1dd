// SPDX-License-Identifier: MIT
// One run of a deployment by this process: everything between the two events that frame it.
#pragma once

#include "core/deployment/deploy.hpp"
#include "core/runner/approach.hpp"

namespace davit {

// How long a lease lasts; it is extended when half of it is over.
inline constexpr Duration kLease = std::chrono::minutes(15);

class Session {
 public:
  // `seen` is what was decided on; it must outlive this.
  Session(Registry& registry, const Case& seen, const Conduct& conduct)
      : registry_(registry), seen_(seen), conduct_(conduct) {}

  // Puts what the steps need in place: artifacts verified, nothing of them missing; where the
  // first of them is for targets, these are being reached from now on.
  Outcome prepare();

  // Runs and records. `id` and `fence` are the ledger's; `answered` is the manual step that a
  // person just answered, or empty.
  Result<Deployed> run(const DeploymentId& id, int fence, const std::string& answered);

 private:
  Result<RunRequest> request(const DeploymentId&, int fence, const std::string& answered);
  Interrupts interrupts(const DeploymentId&, int fence);
  bool cancel_asked(const DeploymentId&);
  void extend(const DeploymentId&, int fence);
  Outcome record(const DeploymentId&, int fence, RunReport);

  Registry& registry_;
  const Case& seen_;
  const Conduct& conduct_;
  std::map<std::string, std::string> artifact_paths_;
  std::optional<Approach> approach_;
  std::optional<std::string> head_;  // of the ledger, when it was last looked at
  Instant lease_until_{};
};

}  // namespace davit
