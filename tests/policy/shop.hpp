// SPDX-License-Identifier: MIT
// The rules that the stories of the policy are told under: dev takes every release, staging follows
// it, production waits for approvals.
#pragma once

#include "core/policy/verdict.hpp"
#include "tests/policy/story.hpp"

namespace davit::story {

// dev <- staging <- production, in the definition "shop"; one step each.
Rules shop();

// The environment of these rules, to be changed by the story.
Environment& environment(Rules&, const std::string& name);

// An approval rule of somebody@example.com's.
Check approval_by(const std::vector<std::string>& people, int count = 1);
Approval& rule(Check&);

// Whether the release may go there, asked at `now` by whoever wants it.
Verdict asked_about(const Rules&, const State&, int release, const std::string& environment,
                    Instant now, std::optional<Wanted> = {});

// The rule that stands in the way, when it is one; a failed check otherwise.
Finding only_obstacle(const Verdict&);

}  // namespace davit::story
