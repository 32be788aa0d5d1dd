// SPDX-License-Identifier: MIT
// How two definitions differ, key by key; also two plans, which are written with the same keys.
//
// Lists of tables (steps, phases, checks, artifacts) are compared by what their tables are called,
// so that one step that was put in does not make all behind it differ.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "definitions/json.hpp"

namespace davit {

struct Difference {
  // {"environments", "production", "steps", "Smoke test", "retries"}
  std::vector<std::string> path;
  Json before, after;  // null where it is not there
  bool moved = false;  // tables of a list only changed places; before and after are their names
  bool operator==(const Difference&) const = default;
};

// In the order written; what was added to a table or list comes behind what it had.
std::vector<Difference> differences(const Json& before, const Json& after);

// "production: step Smoke test retries 5 → 10", "step Migrate added". A value longer than `width`
// characters is cut; 0: none is.
std::string text(const Difference&, std::size_t width = 60);

// A TOML text as the values it writes; null when it is no TOML.
Json toml_values(std::string_view toml);

}  // namespace davit
