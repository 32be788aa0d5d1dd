// SPDX-License-Identifier: MIT
// What a deployment changes, in words and as a record: said alike by `approve`, `plan` and
// `changes`.
//
//   14 → 17 in production: 21 commits, 3 authors
//     4be1c9d Alice: checkout: round once
//     … 20 more
//     artifact app 1.8.2 → 1.8.3  sha256 9f2c4d5e… → 77ab01c2…
//     variable LOG_LEVEL debug → info
//     step Smoke test added
//     ⚠ step Migrate can't be undone
//     would be lost: 1 commit live now but not in 17; production would go backwards
//       8c01f2e Bob: hotfix: VAT
#pragma once

#include <string>

#include "cli/style.hpp"
#include "core/changes/changes.hpp"

namespace davit {

// brief: the newest commits, long values cut.
enum class Detail { brief, full };
std::string changes_text(const Changes&, Detail, const Style&);

// "9 commits, 3 authors"; "no commits".
std::string commits_in_brief(const std::vector<Commit>&);

// The member `changes` of a record.
Json to_json(const Changes&);

}  // namespace davit
