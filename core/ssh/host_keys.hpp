// SPDX-License-Identifier: MIT
// The keys by which hosts prove who they are: those they offer, and those the team trusts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/runner/loop.hpp"
#include "core/ssh/known_hosts.hpp"
#include "core/ssh/openssh.hpp"
#include "definitions/result.hpp"

namespace davit {

using OfferedKeys = Result<std::vector<KnownKey>>;

// What each of these hosts offers now, under the name by which ssh looks it up; all are asked at
// once. Nothing is proven by it: whoever takes them compares the fingerprints with what the host's
// owner says. An error where a host doesn't answer.
//
// A host is asked by ssh-keyscan for a key of every kind; one behind a jump host by ssh, which then
// shows the one it would use.
std::vector<OfferedKeys> offered_keys(Loop&, const Reach&, const std::vector<Host>&);

// A key that is offered, beside a file of those that are trusted. Pure.
struct JudgedKey {
  enum class Standing { fresh, known, changed, revoked };
  KnownKey key;
  Standing standing = Standing::fresh;
  std::optional<KnownKey> before;  // changed: what is trusted
};
std::vector<JudgedKey> judged(const std::vector<KnownKey>& offered, std::string_view file);

}  // namespace davit
