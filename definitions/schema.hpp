// SPDX-License-Identifier: MIT
// The language as a JSON Schema, for editors: completion, help where the mouse rests, red lines.
//
// Made from the table of keys that the reader goes by, so that the two can't disagree. Draft 7, in
// words that draft 4 has too, and patterns without looking ahead: what editors for TOML understand.
// The reader finds more: a schema can't say that what is named must exist.
#pragma once

#include "definitions/json.hpp"

namespace davit {

Json schema_of_definition();  // of .davit/definitions/NAME.toml
Json schema_of_team();        // of .davit/*.toml

}  // namespace davit
