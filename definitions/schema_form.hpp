// SPDX-License-Identifier: MIT
// What a JSON Schema says about the form of a single value.
#pragma once

#include <string_view>

#include "definitions/json.hpp"
#include "definitions/keys.hpp"

namespace davit {

// Of any form but Form::table. Whatever check_form() takes, the schema takes; the reverse holds as
// far as a pattern can say it.
Json schema_of_form(const Key&);

// The pattern that names of this form have, for the keys of a table.
std::string_view pattern_of(Form);

}  // namespace davit
