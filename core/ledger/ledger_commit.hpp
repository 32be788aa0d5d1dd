// SPDX-License-Identifier: MIT
// A commit of a ledger, as bytes and as what it says. The form is told in ledger.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/events/event.hpp"
#include "definitions/instant.hpp"
#include "definitions/result.hpp"

namespace davit {

struct LedgerCommit {
  std::string tree;
  std::vector<std::string> parents;  // one; none in the first
  std::string author;                // e-mail address
  std::string author_name;
  Instant at{};
  std::string sentence;
  std::vector<std::string> lines;  // an event each
  std::int64_t sequence = 0;       // of the last event
  Digest previous;                 // SHA-256 of the bytes of the commit before; empty in the first
  std::string wrong;               // why it is none of a ledger's: then it says nothing
};

// The bytes of the commit object. What people wrote is made to fit git's header.
std::string commit_bytes(const LedgerCommit&);

// Reads what commit_bytes wrote; trailers and headers it does not know are passed over. Of another
// commit, which somebody made with git, the header alone is read.
LedgerCommit parse_ledger_commit(std::string_view bytes);

// What `git log` shows of a command: the sentences of its events, but not of all of very many.
std::string subject(const std::string& definition, const std::vector<Event>&);

// A name or an address as it stands in a commit's header.
std::string in_header(std::string_view);

}  // namespace davit
