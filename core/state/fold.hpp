// SPDX-License-Identifier: MIT
// The fold: what each fact does to the state. One overload a fact, in files by subject.
//
// An overload first finds out whether its fact holds, and only then changes anything.
#pragma once

#include <string>
#include <vector>

#include "core/state/state.hpp"

namespace davit {

struct Fold {
  State& state;
  Deed deed;  // who did what is folded, and when

  Applied operator()(const LedgerOpened&);
  Applied operator()(const ReleaseCreated&);
  Applied operator()(const ReleaseStarted&);
  Applied operator()(const ReleaseAbandoned&);
  Applied operator()(const ReleaseMarked&);
  Applied operator()(const DeploymentRequested&);
  Applied operator()(const ApprovalGiven&);
  Applied operator()(const ApprovalRejected&);
  Applied operator()(const DeploymentStarted&);
  Applied operator()(const LeaseExtended&);
  Applied operator()(const DeploymentPaused&);
  Applied operator()(const DeploymentResumed&);
  Applied operator()(const CancelAsked&);
  Applied operator()(const DeploymentFinished&);
  Applied operator()(const EnvironmentLocked&);
  Applied operator()(const EnvironmentUnlocked&);
  Applied operator()(const Unknown&);

  // Shared by the files.
  std::string named(ReleaseNumber) const;                  // "storefront/17"
  Release* find(ReleaseNumber);                            // null where it is not known
  EnvironmentState& environment(const std::string& name);  // made where there is none
  void offer(const Release&);    // among the open ones, when it belongs there
  void withdraw(ReleaseNumber);  // from the open ones

  // Why no attempt of this number can be open; empty where one is or may be opened.
  std::string shut(const DeploymentId&);
  // That attempt, opened where it was not. Only when it is not shut.
  Attempt& open(const DeploymentId&);
  // It will not start any more, or has started.
  void no_longer_requested(const DeploymentId&);
};

// It changed nothing, because …
inline Applied nothing(std::string reason) { return {false, std::move(reason)}; }

// Keeps the list at most so long.
template <typename T>
void push_front(std::vector<T>& list, T value, std::size_t most) {
  list.insert(list.begin(), std::move(value));
  if (list.size() > most) list.pop_back();
}

}  // namespace davit
