// SPDX-License-Identifier: MIT
#include "core/ledger/verified.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/ledger/chain.hpp"
#include "core/ledger/verifier.hpp"

namespace davit {

namespace {

std::string verified_file(const Repository& repository, const std::string& definition) {
  return repository.private_directory() + "/verified/" + definition;
}

// Everything from the first commit on.
Outcome verify_all(Verifier& verifier, Repository& repository, const std::string& tip) {
  DAVIT_TRY(auto ids, chain(repository, tip));
  std::reverse(ids.begin(), ids.end());
  return verifier.take_all(ids);
}

// What is behind `known`; false where that can't be told from what is new alone.
Result<bool> verify_since(Verifier& verifier, Repository& repository, const std::string& known,
                          const std::string& tip) {
  DAVIT_TRY(const auto ids, chain_since(repository, known, tip));
  if (!ids) return false;
  DAVIT_TRY(const bool begun, verifier.begin_at(known));
  if (begun) DAVIT_CHECK(verifier.take_all(*ids));
  return begun;
}

Error does_not_hold(const Repository& repository, const std::string& definition,
                    const Verifier& verifier) {
  const auto& first = verifier.found().broken.front();
  auto hint = fmt::format("look: davit verify {}", definition);
  if (!verifier.last_good().empty())
    hint += fmt::format("\nback to the last that holds: git update-ref {} {} && rm {}",
                        ledger_ref(definition), verifier.last_good(),
                        seen_file(repository, definition));
  return {fmt::format("the ledger of {} does not hold at event {} ({}): {}", definition,
                      first.sequence, first.commit.substr(0, 10), first.what),
          std::move(hint)};
}

Outcome judge(const Repository& repository, const std::string& definition,
              const Verifier& verifier) {
  if (!verifier.found().holds()) return does_not_hold(repository, definition, verifier);
  remember_verified(repository, definition, verifier.last());
  return Done{};
}

}  // namespace

Outcome check_up_to(Repository& repository, const std::string& definition,
                    const Snapshot& snapshot) {
  if (snapshot.head.empty()) return Done{};
  if (const auto known = read_remembered(verified_file(repository, definition))) {
    if (known->commit == snapshot.head) return Done{};
    Verifier verifier(repository, definition);
    const auto begun = verify_since(verifier, repository, known->commit, snapshot.head);
    if (begun && *begun) return judge(repository, definition, verifier);
  }
  Verifier verifier(repository, definition);
  DAVIT_CHECK(verify_all(verifier, repository, snapshot.head));
  return judge(repository, definition, verifier);
}

bool is_verified(const Repository& repository, const std::string& definition,
                 const std::string& head) {
  const auto known = read_remembered(verified_file(repository, definition));
  return known && known->commit == head;
}

void remember_verified(const Repository& repository, const std::string& definition,
                       const Remembered& head) {
  // Where it can't be remembered, more is verified the next time.
  static_cast<void>(
      write_remembered(verified_file(repository, definition), head, false).has_value());
}

Result<Verification> Ledger::verify() {
  const auto seen = read_seen(repository_, definition_);
  Verifier verifier(repository_, definition_);
  DAVIT_TRY(const auto tip, repository_.resolve(ledger_ref(definition_)));
  if (tip) DAVIT_CHECK(verify_all(verifier, repository_, *tip));
  if (tip && verifier.found().holds()) remember_verified(repository_, definition_, verifier.last());
  if (seen) verifier.compare_with(*seen);
  return verifier.found();
}

}  // namespace davit
