// SPDX-License-Identifier: MIT
// The office: what commands about releases open first. The repository, the registry of its
// definitions and ledgers, and who the person is.
#pragma once

#include <memory>
#include <string>

#include "cli/desk.hpp"
#include "core/git/repository.hpp"
#include "core/ledger/ledger.hpp"
#include "core/registry/registry.hpp"

namespace davit {

// Stays where it is made: the registry reads through the repository.
struct Office {
  Repository repository;
  std::optional<Registry> opened;

  Registry& registry() { return *opened; }
  // Who acts: git's user.email and user.name, asked for when first needed.
  Result<Actor> actor();
};

Result<std::unique_ptr<Office>> open_office(const Desk&);

}  // namespace davit
