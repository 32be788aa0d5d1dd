// SPDX-License-Identifier: MIT
// A validator for those words of JSON Schema that davit's schemas use. An unknown word throws: it
// must not be passed over in silence.
#pragma once

#include <string>
#include <string_view>

#include "definitions/json.hpp"

namespace json_schema {

bool accepts(const davit::Json& schema, const davit::Json& value);

// The document as an editor's schema sees it: dates are text. Null where it is no TOML.
davit::Json from_toml(std::string_view text);

}  // namespace json_schema
