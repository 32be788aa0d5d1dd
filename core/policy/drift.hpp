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

// What of a tree is not as it was sent.
struct Apart {
  enum class How { changed, missing, added };
  std::size_t count = 0;  // of files, folders and links
  std::string first;      // of them, by its path in the tree
  How how = How::changed;
  bool operator==(const Apart&) const = default;
};
const char* text(Apart::How);

// What the recorded release put there: a link, a file, or a tree that was unpacked.
struct Trace {
  enum class Kind { link, file, tree };
  std::string path;
  Kind kind = Kind::link;
  std::string wanted;                     // where it leads to; else the artifact's SHA-256
  std::optional<std::string> found = {};  // nothing where there is none, or a tree is not this one
  std::optional<Apart> apart = {};        // of a tree that is there, and not as it was sent
  std::string unlooked = {};              // why nobody could look; else empty
  bool holds() const { return found == wanted; }
  bool operator==(const Trace&) const = default;
};

// A target, as it is recorded and as it was found.
struct TargetLook {
  std::string target;
  std::optional<Recorded> recorded;
  std::optional<Receipt> receipt;
  std::vector<Trace> traces;
  std::vector<std::string> beyond;  // what davit can't look into on a host of its kind
  std::string unreachable;          // why nothing was found; else empty
  bool operator==(const TargetLook&) const = default;
};

enum class Drift {
  untouched,      // nothing was ever brought there
  other_release,  // the ledger itself records another release than the one that is live
  in_part,        // the ledger itself records that not all of it went well there
  no_receipt,     // the target remembers nothing
  other_receipt,  // it remembers another deployment
  not_done,       // it remembers that it was begun, and no end
  trace,          // a link, a file or a tree is not as it was put there
};

// All that is not as it should be, where `live` is live. Nothing of a target that was not reached
// but what the ledger says.
std::vector<Drift> drift(const TargetLook&, ReleaseNumber live);

const char* text(Drift);

}  // namespace davit
