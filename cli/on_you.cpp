// SPDX-License-Identifier: MIT
#include "cli/on_you.hpp"

#include <algorithm>

namespace davit {

namespace {

bool is_missing(const Finding& finding) {
  return finding.rule == Rule::approval && !finding.holds && finding.clears == Clears::person;
}

}  // namespace

bool on_you(Office& office, const Case& seen, const Verdict& verdict) {
  const auto& all = verdict.findings;
  if (!verdict.waits() || std::none_of(all.begin(), all.end(), is_missing)) return false;
  const auto email = office.repository.email();
  if (!email || !may_decide(seen.question(), Moment::before, *email).allowed) return false;
  return std::any_of(all.begin(), all.end(), [&](const Finding& finding) {
    const auto& people = finding.people;
    return is_missing(finding) && std::find(people.begin(), people.end(), *email) == people.end();
  });
}

}  // namespace davit
