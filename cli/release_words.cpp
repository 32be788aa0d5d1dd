// SPDX-License-Identifier: MIT
#include "cli/release_words.hpp"

namespace davit {

Json to_json(const Release& release, const std::string& definition) {
  // What the ledger keeps, under the release's full name.
  Json out = Json::object().set("id", text(ReleaseId{definition, release.number}));
  const Json stored = to_json(release);
  for (const auto& [key, value] : stored.members()) out.set(key, value);
  return out;
}

}  // namespace davit
