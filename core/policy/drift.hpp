// SPDX-License-Identifier: MIT
// Drift: what a target should hold by the ledger, beside what it says it holds. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/state/state.hpp"

namespace davit {

// What was brought to a target last.
struct Recorded {
  DeploymentId deployment;
  bool whole = true;  // all of its part went well
  bool operator==(const Recorded&) const = default;
};

// By the ledger: the newest deployment that touched the target. Of a whole state.
std::optional<Recorded> recorded(const State&, const std::string& environment,
                                 const std::string& target);

// What the target remembers (core/ssh/remote_receipt.hpp).
struct Receipt {
  DeploymentId deployment;
  bool done = false;
  int fence = 0;
  std::string plan;
  bool operator==(const Receipt&) const = default;
};

// A link or a file that the recorded release put there.
struct Trace {
  std::string path;
  bool link = true;
  std::string wanted;                // where it leads to; of a file its SHA-256
  std::optional<std::string> found;  // nothing where there is none
  bool operator==(const Trace&) const = default;
};

// A target, as it is recorded and as it was found.
struct TargetLook {
  std::string target;
  std::optional<Recorded> recorded;
  std::optional<Receipt> receipt;
  std::vector<Trace> traces;
  std::string unreachable;  // why nothing was found; else empty
  bool operator==(const TargetLook&) const = default;
};

enum class Drift {
  untouched,      // nothing was ever brought there
  other_release,  // the ledger itself records another release than the one that is live
  in_part,        // the ledger itself records that not all of it went well there
  no_receipt,     // the target remembers nothing
  other_receipt,  // it remembers another deployment
  not_done,       // it remembers that it was begun, and no end
  trace,          // a link or a file is not as it was put there
};

// All that is not as it should be, where `live` is live. Nothing of a target that was not reached
// but what the ledger says.
std::vector<Drift> drift(const TargetLook&, ReleaseNumber live);

const char* text(Drift);

}  // namespace davit
