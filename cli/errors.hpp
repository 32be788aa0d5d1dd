// SPDX-License-Identifier: MIT
// How an error is told: "error: message", its place before it as compilers do, the hint below.
#pragma once

#include <vector>

#include "cli/desk.hpp"
#include "cli/json_record.hpp"
#include "definitions/mistake.hpp"

namespace davit {

// On standard error, in CI as an annotation; with --json also as the command's record, with the
// mistakes that are behind it.
void tell(Desk&, const Error&, std::string_view command, const std::vector<Mistake>& = {});

// {"message":…,"hint":…,"place":…,"failure":"refused","exit":3}: how an error stands in a record.
Json to_json(const Error&);

// {"file":…,"line":…,"column":…}
Json to_json(const Place&);

}  // namespace davit
