// SPDX-License-Identifier: MIT
// Facts to words: what the policy found, as sentences. It decides nothing; it is said the same way
// by `why`, `plan`, `deploy`, `run` and `status`.
#pragma once

#include <string>
#include <vector>

#include "cli/style.hpp"
#include "cli/table.hpp"
#include "core/policy/verdict.hpp"

namespace davit {

// What a finding is about, and from where it is told.
struct Telling {
  ReleaseId release;
  Instant now{};
  bool you_may_approve = false;  // adds "you may give one" where an approval is missing
  std::string go_on;  // what goes on with the deployment that holds the environment, when its
                      // runner is gone: "resume storefront/16 production"
  std::string branch;  // what rules were read from, for their place; may be empty
};

struct FindingWords {
  std::string rule;   // "needs staging", "2 approvals"
  std::string noun;   // "needs staging", "approval": what waits, in a list
  std::string what;   // "17 succeeded there 14:02", "none yet; you may give one"
  std::string brief;  // "0 of 2 approvals": for a cell of `status`
  std::string way;    // "davit approve storefront/17 production", "clears itself at 14:32"
};
FindingWords words(const Finding&, const Telling&);

// A row each: symbol, rule, what, place, way out. As `why` shows them.
TextTable findings_table(const std::vector<Finding>&, const Telling&, const Style&);

// A row each obstacle: noun, what, way out. As `run` and `deploy` show what waits.
TextTable obstacles_table(const std::vector<Finding>&, const Telling&, const Style&);

// "soak until 14:32 · 0 of 2 approvals"
std::string brief(const std::vector<Finding>&, const Telling&);

// "bob" of "bob@example.com"
std::string person(const std::string& email);
std::string people(const std::vector<std::string>& emails);

// "1 file", "2 files"; the plural is made with an s unless it is given.
std::string counted(std::int64_t count, const std::string& one, const std::string& many = "");

// The member of a record: {"rule":"approval","holds":false,…}
Json to_json(const Finding&);
Json to_json(const Verdict&);

}  // namespace davit
