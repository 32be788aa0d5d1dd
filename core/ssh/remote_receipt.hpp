// SPDX-License-Identifier: MIT
// What a target remembers of a deployment: its receipt.
//
//   receipts/PLACE/TARGET   "began|done KEY FENCE PLAN", and when, a line each
//
// "began" is written before anything of a deployment begins there, and nothing begins where it
// can't be; "done" when the target has done all of its part. Both only where no later deployment
// has been. So a target that was touched in part says so, whoever asks.
//
// With the first thing that a deployment begins there, what older ones left is cleared away: of a
// place the newest runs stay, and every one that holds a script, which runs or whose end nobody has
// taken note of. When all is done, what uploads and links left goes where none of so many
// deployments to the place has used it (its `used` is the number of the last that did).
#pragma once

#include <string>

#include "core/ssh/remote_text.hpp"
#include "definitions/instant.hpp"

namespace davit {

inline constexpr int kRunsKept = 10;  // of a place, the deployment itself included

struct RemoteReceipt {
  std::string place;   // "shop/production"
  std::string target;  // its name: two targets may be one account of one machine
  std::string key;     // of the deployment
  int fence = 0;
  std::string plan;  // its digest
};

// For the beginning of a session: from then on the target remembers what it begins.
std::string remembering(const RemoteReceipt&, Instant now);

// The target has done its part. It answers `noted TARGET`, or as to a try of that name.
std::string done_there(const RemoteReceipt&, Instant now);

}  // namespace davit
