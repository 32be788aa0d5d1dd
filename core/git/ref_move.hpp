// SPDX-License-Identifier: MIT
// Moving a ref by compare-and-swap, in git's own lock (ref_lock.hpp), so that it is safe against
// git and other davits. Synced, a ref never survives a power cut that its objects do not.
//
// The reflog is kept in every repository: git keeps one of its own accord for branches only, and
// in a bare repository for none, but goes on with what is there.
#pragma once

#include <string>

#include "core/git/repository.hpp"
#include "definitions/instant.hpp"
#include "definitions/result.hpp"

namespace davit {

struct RefMove {
  std::string ref;
  std::string from;   // a commit; empty: the ref must not exist
  std::string to;     // a commit
  std::string email;  // whose move it is,
  Instant at{};       // when,
  std::string why;    // and why, in a line: for the reflog
};

enum class Moved {
  yes,
  elsewhere,  // somebody else moved it first
  locked,     // somebody else is moving it, or died doing so
};

Result<Moved> move_ref(Repository&, const RefMove&, bool sync);

}  // namespace davit
