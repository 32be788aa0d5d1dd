// SPDX-License-Identifier: MIT
// What davit finds on this machine and in this clone: what a person looks at first when something
// does not work. Changes nothing, asks nobody, holds no secret.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/deployment/standing.hpp"
#include "core/registry/registry.hpp"

namespace davit {

struct LedgerLook {
  std::string definition;
  std::int64_t events = 0;  // 0: there is no ledger yet
  bool verified = false;    // up to its newest event, in this clone
  std::optional<Error> trouble;
};

struct UnfinishedRun {
  ReleaseId release;
  std::string environment;
  Standing standing = Standing::nothing;
};

struct Surroundings {
  std::string git, ssh;                   // their versions; empty where there is none
  std::string person;                     // git's user.email; empty where there is none
  std::string signing_key;                // git's user.signingkey: a name or a public key
  std::string rules;                      // "main 4be1c9d"
  std::optional<std::size_t> known_keys;  // in the team's known_hosts; nothing where it has none
  std::vector<LedgerLook> ledgers;
  std::vector<UnfinishedRun> unfinished;
};

Surroundings look_around(Registry&, Instant now);

}  // namespace davit
